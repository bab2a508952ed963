"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const STATUSES = ["active", "removed", "all"] as const;
export const SORTS = ["userId", "rawPremium", "updatedAt"] as const;

/** What the list shows, in the URL: a link shows a colleague the same, and the export takes it too. */
export function useListChoice() {
  return useQueryStates({
    search: parseAsString.withDefault(""),
    status: parseAsStringLiteral(STATUSES).withDefault("active"),
    sort: parseAsStringLiteral(SORTS).withDefault("userId"),
  });
}

export type ListChoice = ReturnType<typeof useListChoice>[0];
