"use client";
import { createParser, parseAsIsoDate, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { KEY_USER_SORTS } from "#server/contracts/list-form.ts";
import { amountOf } from "./cell-fields.ts";

export const STATUSES = ["active", "removed", "all"] as const;
export const DIRECTIONS = ["asc", "desc"] as const;
export const OPEN_CASES = ["yes", "no"] as const;

/** Whatever an address holds, only an amount is asked for. */
const parseAsAmount = createParser({ parse: amountOf, serialize: (amount: string) => amount });

/** What the list shows, in the URL: a link shows a colleague the same, and the export takes it too. */
export function useListChoice() {
  return useQueryStates({
    search: parseAsString.withDefault(""),
    status: parseAsStringLiteral(STATUSES).withDefault("active"),
    sort: parseAsStringLiteral(KEY_USER_SORTS).withDefault("userId"),
    /** null: the sort's own. */
    direction: parseAsStringLiteral(DIRECTIONS),
    amountFrom: parseAsAmount,
    amountTo: parseAsAmount,
    openCase: parseAsStringLiteral(OPEN_CASES),
    editor: parseAsString,
    /** A business date. */
    changedSince: parseAsIsoDate,
  });
}

export type ListChoice = ReturnType<typeof useListChoice>[0];
