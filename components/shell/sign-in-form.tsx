"use client";
import { useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";
import { CardPage } from "./card-page.tsx";
import { CodeFields } from "./code-fields.tsx";
import { DemoPeople, type DemoPerson } from "./demo-people.tsx";
import { SignInFields } from "./sign-in-fields.tsx";
import { SignInHint } from "./sign-in-hint.tsx";
import { type RefusedBy, SingleSignOnButtons, SingleSignOnRefused } from "./single-sign-on.tsx";
import { type SigningIn, useSignIn } from "./use-sign-in.ts";

export type { RefusedBy };

interface SignInFormProps {
  /** Path of ours to go on with. */
  readonly goTo: string;
  readonly demo: readonly DemoPerson[];
  /** Why nobody can sign in yet. */
  readonly hint: "closedDemo" | "nobody" | null;
  /** Of single sign-on. */
  readonly providers?: readonly OfferedProvider[];
  /** They came back from one of them, and were not let in. */
  readonly refused?: RefusedBy | null;
}

/** E-mail or user name, and password; then the code, where there is a second factor. */
export function SignInForm(props: SignInFormProps) {
  const signing = useSignIn(async () => {
    window.location.assign(props.goTo);
    return null;
  });
  return signing.step === "code" ? (
    <CodeCard signing={signing} />
  ) : (
    <PasswordCard signing={signing} {...props} />
  );
}

function PasswordCard({
  signing,
  goTo,
  demo,
  hint,
  providers = [],
  refused = null,
}: { readonly signing: SigningIn } & SignInFormProps) {
  const t = useTranslations("shell.signIn");
  const { isBusy, failure, enter } = signing;
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      {refused ? <SingleSignOnRefused {...refused} /> : null}
      <SignInFields busy={isBusy} failure={failure} onSubmit={enter} />
      <SingleSignOnButtons providers={providers} goTo={goTo} disabled={isBusy} />
      {hint ? <SignInHint words={hint} /> : null}
      {demo.length > 0 ? (
        <DemoPeople
          people={demo}
          disabled={isBusy}
          onChoose={({ email, password }) => enter(email, password)}
        />
      ) : null}
    </CardPage>
  );
}

/** The same card, once the password was right. */
export function CodeCard({ signing }: { readonly signing: SigningIn }) {
  const t = useTranslations("shell.signIn");
  const { isBusy, failure, giveCode, restart } = signing;
  return (
    <CardPage title={t("title")} lead={t("codeLead")}>
      <CodeFields busy={isBusy} failure={failure} onSubmit={giveCode} onRestart={restart} />
    </CardPage>
  );
}
