"use client";
import { TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";
import type { AlertRules } from "#server/contracts/api/alert-rules.ts";
import { useIsGuarded } from "../shell/use-four-eyes.ts";
import { DialogForm } from "../ui/dialog-form.tsx";
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
  const shell = useTranslations("shell");
  const isGuarded = useIsGuarded("thresholds");
  const edit = useRulesEdit((isWaiting) => {
    notifications.show({ message: isWaiting ? shell("waits") : t("rules.done") });
    onClose();
  });
  const submit = (text: (field: string) => string) => {
    const [stepPercent, cumulativePercent] = [text("step"), text("cumulative")];
    edit.mutate({
      version: inForce.version,
      body: { stepPercent, cumulativePercent, reason: text("reason") },
    });
  };
  const percent = {
    required: true,
    pattern: PERCENT,
    title: t("rules.form"),
    inputMode: "decimal",
    autoComplete: "off",
  } as const;
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      cancel={t("cancel")}
      submit={isGuarded ? shell("propose") : t("rules.save")}
      isBusy={edit.isPending}
      problem={edit.error?.message ?? null}
    >
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
      {isGuarded ? <p>{shell("willWait")}</p> : null}
      <TextInput name="reason" label={t("rules.reason")} required maxLength={500} autoComplete="off" />
    </DialogForm>
  );
}
