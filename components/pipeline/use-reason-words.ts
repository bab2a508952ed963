"use client";
import { useTranslations } from "use-intl";
import { knownField, reasonKey } from "./prepare-dead-letters.ts";

interface Refusal {
  readonly code: string;
  readonly field: string | null;
}

/** Says why a line was refused, in the reader's language, by code and field. */
export function useReasonWords(): (refusal: Refusal) => string {
  const t = useTranslations("pipeline.deadLetters.reasons");
  const fieldName = useFieldName();
  return ({ code, field }) =>
    t(reasonKey(code, field), { code, field: field === null ? "" : fieldName(field) });
}

/** A field's name in words; one that is not ours as it is. */
export function useFieldName(): (name: string) => string {
  const t = useTranslations("pipeline.deadLetters.fields");
  return (name) => {
    const known = knownField(name);
    return known ? t(known.name as Parameters<typeof t>[0]) : name;
  };
}
