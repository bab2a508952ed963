"use client";
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PasswordField } from "../ui/password-field.tsx";
import { CardForm } from "./card-form.tsx";
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
  return (
    <CardForm
      isBusy={busy}
      failure={failure ? t(failure) : null}
      submit={t("submit")}
      attributes={attributes}
      onSubmit={(text) => onSubmit(text("name"), text("password"))}
      below={children}
    >
      <TextInput
        name="name"
        label={t("email")}
        autoComplete="username"
        withAsterisk={false}
        required
        {...attributes}
      />
      <PasswordField
        name="password"
        label={t("password")}
        autoComplete="current-password"
        withAsterisk={false}
        required
        {...attributes}
      />
    </CardForm>
  );
}
