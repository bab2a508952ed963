"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { CASE_SORTS } from "#server/contracts/cases.ts";

export const FILTERS = [
  "now",
  "new",
  "claimed",
  "contacted",
  "snoozed",
  "recovered",
  "regressed",
  "closed",
] as const;
export type Filter = (typeof FILTERS)[number];
/** Whose cases are shown. */
export const OWNERS = ["anyone", "me", "none"] as const;

/** What the desk shows, in the URL: a link shows a colleague the same. */
export function useDeskChoice() {
  return useQueryStates({
    state: parseAsStringLiteral(FILTERS).withDefault("now"),
    owner: parseAsStringLiteral(OWNERS).withDefault("anyone"),
    sort: parseAsStringLiteral(CASE_SORTS).withDefault("premiumAtRisk"),
    case: parseAsString,
  });
}

/** An owner as the API names it; undefined: whoever. */
export const assigneeOf = (owner: DeskChoice["owner"]): string | undefined =>
  owner === "anyone" ? undefined : owner;

export type DeskChoice = ReturnType<typeof useDeskChoice>[0];
