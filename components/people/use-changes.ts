"use client";
import { useQuery } from "@tanstack/react-query";
import type { AuditEntry, AuditPage } from "#server/contracts/api/audit.ts";
import type { AuditNoun } from "#server/contracts/audit-actions.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { PEOPLE_KEY } from "./use-people.ts";

/** More are in the audit log. */
const SHOWN = 5;
/** Acts that change an account: coming and going would hide them. */
const CHANGES: readonly AuditNoun[] = ["person", "second-factor"];

/** The newest changes of one account, newest first; read again with the people when something was done to one. */
export function useChanges(subject: string) {
  return useQuery({
    queryKey: [...PEOPLE_KEY, "changes", subject],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        CHANGES.map((action) => {
          const search = new URLSearchParams({ subject, action, limit: String(SHOWN) });
          return fetchJson<AuditPage>(`/api/v1/audit?${search}`, { signal });
        }),
      );
      return newestOf(pages.flatMap(({ items }) => items));
    },
  });
}

/** Entries are numbered as they come. */
const newestOf = (entries: readonly AuditEntry[]): AuditEntry[] =>
  entries.toSorted((a, b) => Number(b.id) - Number(a.id)).slice(0, SHOWN);
