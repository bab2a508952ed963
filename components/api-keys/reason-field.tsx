"use client";
import { TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";

/** Why: it stands in the audit log for good. */
export function ReasonField() {
  const t = useTranslations("apiKeys");
  return (
    <TextInput
      name="reason"
      label={t("reason")}
      description={t("reasonNote")}
      required
      pattern=".*\S.*"
      maxLength={500}
      autoComplete="off"
    />
  );
}
