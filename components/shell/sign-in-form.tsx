"use client";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Logo } from "./logo.tsx";
import styles from "./sign-in-form.module.css";

/** Somebody to sign in as with one click: in a demo only. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: "operations" | "manager" | "administrator";
}

type Failure = "failed" | "tooMany" | "unreachable";

/** E-mail or user name, and password. */
export function SignInForm({ demo }: { readonly demo: readonly DemoPerson[] }) {
  const t = useTranslations("shell.signIn");
  const roles = useTranslations("shell.roles");
  const [failure, setFailure] = useState<Failure | null>(null);
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
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} method="post">
        <div className={styles.brand}>
          <Logo />
          <span>Tidewatch</span>
        </div>
        <p className={styles.lead}>{t("lead")}</p>
        <h1 className={styles.title}>{t("title")}</h1>
        <TextInput name="name" label={t("email")} autoComplete="username" required />
        <PasswordInput name="password" label={t("password")} autoComplete="current-password" required />
        <p role="alert" className={styles.failure}>
          {failure ? t(failure) : ""}
        </p>
        <Button type="submit" loading={busy} fullWidth>
          {t("submit")}
        </Button>
        {demo.length > 0 ? (
          <div className={styles.demo}>
            <span>{t("demo")}</span>
            {demo.map((person) => (
              <Button
                key={person.email}
                variant="default"
                disabled={busy}
                onClick={() => void enter(person.email, person.password)}
                fullWidth
              >
                {roles(person.role)} · {person.name}
              </Button>
            ))}
          </div>
        ) : null}
      </form>
    </main>
  );
}

async function signIn(name: string, password: string): Promise<Failure | null> {
  const isEmail = name.includes("@");
  const body = isEmail ? { email: name.trim(), password } : { username: name.trim(), password };
  try {
    const response = await fetch(`/api/auth/sign-in/${isEmail ? "email" : "username"}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    return response.status === 429 ? "tooMany" : "failed";
  } catch {
    return "unreachable";
  }
}
