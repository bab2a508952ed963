"use client";
import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import type { AlertRules } from "#server/contracts/api/alert-rules.ts";
import styles from "./dialog.module.css";
import { useRulesEdit } from "./use-alert-rules.ts";

const PERCENT = "[0-9]{1,2}([.][0-9]{1,2})?";

/** New thresholds with a reason, for events from then on. */
export function RulesForm({
  inForce,
  onClose,
}: {
  readonly inForce: AlertRules;
  readonly onClose: () => void;
}) {
  const t = useTranslations("keyUsers");
  const edit = useRulesEdit(() => {
    notifications.show({ message: t("rules.done") });
    onClose();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const [stepPercent, cumulativePercent] = [text("step"), text("cumulative")];
    edit.mutate({
      version: inForce.version,
      body: { stepPercent, cumulativePercent, reason: text("reason") },
    });
  };
  const percent = { required: true, pattern: PERCENT, inputMode: "decimal", autoComplete: "off" } as const;
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        name="step"
        label={t("rules.step")}
        description={t("rules.stepNote")}
        defaultValue={inForce.stepPercent}
        data-autofocus
        {...percent}
      />
      <TextInput
        name="cumulative"
        label={t("rules.cumulative")}
        description={t("rules.cumulativeNote")}
        defaultValue={inForce.cumulativePercent}
        {...percent}
      />
      <TextInput name="reason" label={t("rules.reason")} required maxLength={500} autoComplete="off" />
      {edit.error ? (
        <p role="alert" className={styles.problem}>
          {edit.error.message}
        </p>
      ) : null}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={edit.isPending}>
          {t("rules.save")}
        </Button>
      </div>
    </form>
  );
}
