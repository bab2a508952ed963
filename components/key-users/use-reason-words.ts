"use client";
import { useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";

type Reason = Pick<ImportResult["rejected"][number], "code" | "field">;

/** Why a line is refused and how it is put right, in the reader's language. */
export function useReasonWords(): (reason: Reason) => string {
  const t = useTranslations("keyUsers.importing");
  return ({ code, field }) => {
    const ownKey = `reasons.${field ?? "row"}.${code}` as "reasons.row.bad_type";
    const reasonKey = `reasons.${code}` as "reasons.bad_amount";
    const fieldKey = `fields.${field}` as "fields.id";
    const reason = t.has(ownKey) ? t(ownKey) : t.has(reasonKey) ? t(reasonKey) : code;
    if (field === null) return reason;
    return t("of", { field: t.has(fieldKey) ? t(fieldKey) : field, reason });
  };
}
