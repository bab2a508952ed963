"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import styles from "./card-page.module.css";
import { beginSingleSignOn, type SingleSignOnFailure } from "./sign-in.ts";

interface SingleSignOnButtonProps {
  /** What people call the provider. */
  readonly name: string;
  /** Path of ours to go on with. */
  readonly goTo: string;
  readonly disabled: boolean;
}

/** The way to the provider; the browser comes back to this page. */
export function SingleSignOnButton({ name, goTo, disabled }: SingleSignOnButtonProps) {
  const t = useTranslations("shell.signIn.provider");
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SingleSignOnFailure | null>(null);
  const begin = async () => {
    setBusy(true);
    setFailure(null);
    const problem = await beginSingleSignOn(goTo);
    // Else the browser is on its way.
    if (problem === null) return;
    setFailure(problem);
    setBusy(false);
  };
  return (
    <div className={styles.demo}>
      <p role="alert" className={styles.failure}>
        {failure ? t(failure, { name }) : null}
      </p>
      <Button variant="default" fullWidth disabled={disabled} loading={isBusy} onClick={() => void begin()}>
        {t("button", { name })}
      </Button>
    </div>
  );
}

/** Why whoever came back from the provider has no session. */
export function SingleSignOnRefused({
  why,
  name,
}: {
  readonly why: SingleSignOnRefusal;
  readonly name: string;
}) {
  const t = useTranslations("shell.signIn.provider.refused");
  return (
    <p role="alert" className={styles.failure}>
      {t(why, { name })}
    </p>
  );
}
