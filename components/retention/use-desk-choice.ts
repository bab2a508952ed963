"use client";
import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
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
/** Whose cases are shown, beside people by their ids. */
export const OWNERS = ["anyone", "me", "none"] as const;

const MAX_DIGITS = 19;
/** What of a text can be a customer number. */
export const digitsOf = (text: string): string => text.replace(/\D/g, "").slice(0, MAX_DIGITS);
const customerNumber = createParser({ parse: (text) => digitsOf(text) || null, serialize: String });

/** What the desk shows, in the URL: a link shows a colleague the same. */
export function useDeskChoice() {
  return useQueryStates({
    state: parseAsStringLiteral(FILTERS).withDefault("now"),
    /** One of OWNERS, or a person's id. */
    owner: parseAsString.withDefault("anyone"),
    /** A customer number or its last digits: it looks among all cases, whatever their state and owner. */
    find: customerNumber.withDefault(""),
    sort: parseAsStringLiteral(CASE_SORTS).withDefault("premiumAtRisk"),
    case: parseAsString,
  });
}

/** An owner as the API names it; undefined: whoever. */
export const assigneeOf = (owner: DeskChoice["owner"]): string | undefined =>
  owner === "anyone" ? undefined : owner;

export type DeskChoice = ReturnType<typeof useDeskChoice>[0];
