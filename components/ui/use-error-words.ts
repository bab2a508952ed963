"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { ProblemError } from "./fetch-json.ts";

/** Why something could not be done, in the reader's language: the server's own words, or that it did not answer. */
export function useErrorWords(): (error: Error) => string {
  const t = useTranslations("shell");
  return useCallback((error) => (error instanceof ProblemError ? error.message : t("unreachable")), [t]);
}
