"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { CardForm } from "./card-form.tsx";
import styles from "./card-page.module.css";
import { CardPage } from "./card-page.tsx";
import { signIn } from "./sign-in.ts";
import { SingleSignOnButtons } from "./single-sign-on.tsx";

/** What a one-time link is for: the page, and the route that spends it. */
export type LinkKind = "invitation" | "reset";
type Failure = "spentNow" | "common" | "refused" | "taken" | "unreachable";

interface LinkFormProps {
  readonly kind: LinkKind;
  readonly token: string;
  /** Whom it is for. */
  readonly name: string;
  readonly email: string;
  /** Of the invited person, in words. */
  readonly role: string;
  /** By which they may come in without a password. */
  readonly providers: readonly OfferedProvider[];
}

/** Whoever holds a one-time link chooses a password, and is signed in. */
export function LinkForm({ kind, token, name, email, role, providers }: LinkFormProps) {
  const t = useTranslations("shell.link");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (password: string) => {
    setBusy(true);
    const problem = await spend(kind, { token, password });
    setFailure(problem);
    if (problem !== null) return setBusy(false);
    const refused = await signIn(email, password);
    window.location.assign(refused === null ? "/" : "/sign-in"); // busy until then: the link is spent
  };
  return (
    <CardPage title={t(`${kind}Title`, { name })} lead={t(`${kind}Lead`, { email, role })}>
      <CardForm
        isBusy={busy}
        failure={failure ? t(failure) : null}
        submit={t(`${kind}Submit`)}
        onSubmit={(text) => void submit(text("password"))}
      >
        {/* For the browser's password store alone: the link says who it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordField
          name="password"
          label={t("password")}
          autoComplete="new-password"
          minLength={12}
          maxLength={128}
          withAsterisk={false}
          required
        />
      </CardForm>
      {providers.length > 0 ? (
        <>
          <p className={styles.lead}>{t("invitationOr")}</p>
          <SingleSignOnButtons providers={providers} goTo="/" invitation={token} disabled={busy} />
        </>
      ) : null}
    </CardPage>
  );
}

async function spend(kind: LinkKind, body: object): Promise<Failure | null> {
  try {
    await fetchJson(`/api/${kind}`, { method: "POST", body });
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status >= 500) return "unreachable";
    if (error.status === 403) return "spentNow";
    if (error.problem.reason === "common") return "common";
    return error.problem.field === "password" || error.problem.errors ? "refused" : "taken";
  }
}
