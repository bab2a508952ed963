"use client";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import styles from "./card-page.module.css";
import { CardPage } from "./card-page.tsx";
import { ClosedDemo } from "./closed-demo.tsx";
import { DemoPeople, type DemoPerson } from "./demo-people.tsx";
import { type SignInFailure, signIn } from "./sign-in.ts";

/** E-mail or user name, and password. */
export function SignInForm({
  demo,
  isClosedDemo,
}: {
  readonly demo: readonly DemoPerson[];
  /** The data is a demo's, and no demo runs: its people cannot sign in. */
  readonly isClosedDemo: boolean;
}) {
  const t = useTranslations("shell.signIn");
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (name: string, password: string) => {
    setBusy(true);
    setFailure(null);
    const problem = await signIn(name, password);
    if (problem === null) return window.location.assign("/");
    setFailure(problem);
    setBusy(false);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void enter(String(form.get("name")), String(form.get("password")));
  };
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <form className={styles.form} onSubmit={submit} method="post">
        <TextInput name="name" label={t("email")} autoComplete="username" withAsterisk={false} required />
        <PasswordInput
          name="password"
          label={t("password")}
          autoComplete="current-password"
          withAsterisk={false}
          required
        />
        <p role="alert" className={styles.failure}>
          {failure ? t(failure) : null}
        </p>
        <Button type="submit" loading={busy} fullWidth>
          {t("submit")}
        </Button>
      </form>
      {isClosedDemo ? <ClosedDemo /> : null}
      {demo.length > 0 ? (
        <DemoPeople
          people={demo}
          disabled={busy}
          onChoose={({ email, password }) => void enter(email, password)}
        />
      ) : null}
    </CardPage>
  );
}
