"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OfferedProvider, SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import styles from "./card-page.module.css";
import { beginSingleSignOn, type SingleSignOnFailure } from "./sign-in.ts";
import { useProviderInSentence } from "./use-provider-name.ts";

interface SingleSignOnButtonsProps {
  readonly providers: readonly OfferedProvider[];
  /** Path of ours to go on with. */
  readonly goTo: string;
  /** Token of the invitation that is accepted by it. */
  readonly invitation?: string;
  readonly disabled?: boolean;
}

/** The ways to the providers; the browser comes back to the sign-in page. */
export function SingleSignOnButtons({
  providers,
  goTo,
  invitation,
  disabled = false,
}: SingleSignOnButtonsProps) {
  const t = useTranslations("shell.signIn.provider");
  const nameOf = useProviderInSentence();
  const [busy, setBusy] = useState<OfferedProvider | null>(null);
  const [failed, setFailed] = useState<{ readonly why: SingleSignOnFailure; readonly at: string } | null>(
    null,
  );
  const begin = async (provider: OfferedProvider) => {
    setBusy(provider);
    setFailed(null);
    const why = await beginSingleSignOn(provider.id, goTo, invitation);
    // Else the browser is on its way.
    if (why === null) return;
    setFailed({ why, at: nameOf(provider) });
    setBusy(null);
  };
  if (providers.length === 0) return null;
  return (
    <div className={styles.demo}>
      <p role="alert" className={styles.failure}>
        {failed ? t(failed.why, { name: failed.at }) : null}
      </p>
      {providers.map((provider) => (
        <Button
          key={provider.id}
          variant="default"
          fullWidth
          disabled={disabled || (busy !== null && busy !== provider)}
          loading={busy === provider}
          onClick={() => void begin(provider)}
        >
          {t("button", { name: nameOf(provider) })}
        </Button>
      ))}
    </div>
  );
}

/** Who was refused, by whom and why. */
export interface RefusedBy {
  readonly provider: OfferedProvider;
  readonly why: SingleSignOnRefusal;
  /** Under which the provider knows them, for an administrator; null: it is of no use to one. */
  readonly subject: string | null;
}

/** Why whoever came back from a provider has no session. */
export function SingleSignOnRefused({ provider, why, subject }: RefusedBy) {
  const t = useTranslations("shell.signIn.provider");
  const name = useProviderInSentence()(provider);
  return (
    <p role="alert" className={styles.failure}>
      {subject === null ? t(`refused.${why}`, { name }) : t("unknownSubject", { name, subject })}
    </p>
  );
}
