"use client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CardForm } from "../shell/card-form.tsx";
import { CardPage } from "../shell/card-page.tsx";
import { CodeField } from "../shell/code-fields.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./enrol.module.css";
import { QrPicture } from "./qr-picture.tsx";
import { type BegunEnrolment, confirmEnrolment, keyIn } from "./second-factor-api.ts";

interface ScanStepProps {
  readonly begun: BegunEnrolment;
  readonly onConfirmed: () => void;
  readonly out: ReactNode;
}

/** The secret as a picture and as text, and the first code of the app, which shows that it has it. */
export function ScanStep({ begun: { totpURI }, onConfirmed, out }: ScanStepProps) {
  const t = useTranslations("account.enrol");
  const errorWords = useErrorWords();
  const confirm = useAct({ mutationFn: confirmEnrolment, onSuccess: onConfirmed });
  return (
    <CardPage title={t("scanTitle")} lead={t("scanLead")}>
      <QrPicture text={totpURI} label={t("picture")} />
      <p className={styles.key}>
        {t("type")} <code>{keyIn(totpURI)}</code>
      </p>
      <CardForm
        isBusy={confirm.isPending}
        failure={confirm.error && errorWords(confirm.error)}
        submit={t("confirm")}
        onSubmit={(text) => confirm.mutate(text("code"))}
        below={out}
      >
        <CodeField />
      </CardForm>
    </CardPage>
  );
}
