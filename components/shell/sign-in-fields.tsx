"use client";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslations } from "use-intl";
import styles from "./card-page.module.css";
import type { SignInFailure } from "./sign-in.ts";

export interface SignInFieldsProps {
  readonly busy: boolean;
  readonly failure: SignInFailure | null;
  /** Further attributes of everything that can have the focus. */
  readonly attributes?: object;
  readonly onSubmit: (name: string, password: string) => void;
  readonly children?: ReactNode;
}

/** E-mail or user name, and password; on the page of its own and over another page. */
export function SignInFields({ busy, failure, attributes, onSubmit, children }: SignInFieldsProps) {
  const t = useTranslations("shell.signIn");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit(String(form.get("name")), String(form.get("password")));
  };
  return (
    <form className={styles.form} onSubmit={submit} method="post">
      <TextInput
        name="name"
        label={t("email")}
        autoComplete="username"
        withAsterisk={false}
        required
        {...attributes}
      />
      <PasswordInput
        name="password"
        label={t("password")}
        autoComplete="current-password"
        withAsterisk={false}
        required
        {...attributes}
      />
      <p role="alert" className={styles.failure}>
        {failure ? t(failure) : null}
      </p>
      <Button type="submit" loading={busy} fullWidth {...attributes}>
        {t("submit")}
      </Button>
      {children}
    </form>
  );
}
