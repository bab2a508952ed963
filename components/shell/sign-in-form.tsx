"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CardPage } from "./card-page.tsx";
import { DemoPeople, type DemoPerson } from "./demo-people.tsx";
import { type SignInFailure, signIn } from "./sign-in.ts";
import { SignInFields } from "./sign-in-fields.tsx";
import { SignInHint } from "./sign-in-hint.tsx";

/** E-mail or user name, and password. */
export function SignInForm({
  goTo,
  demo,
  hint,
}: {
  /** Path of ours to go on with. */
  readonly goTo: string;
  readonly demo: readonly DemoPerson[];
  /** Why nobody can sign in yet. */
  readonly hint: "closedDemo" | "nobody" | null;
}) {
  const t = useTranslations("shell.signIn");
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (name: string, password: string) => {
    setBusy(true);
    setFailure(null);
    const problem = await signIn(name, password);
    if (problem === null) return window.location.assign(goTo);
    setFailure(problem);
    setBusy(false);
  };
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <SignInFields busy={busy} failure={failure} onSubmit={(name, password) => void enter(name, password)} />
      {hint ? <SignInHint words={hint} /> : null}
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
