"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditActors, AuditPage } from "#server/contracts/api/audit.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { type AuditChoice, searchOf } from "./prepare-audit.ts";

const PAGE_SIZE = 50;

/** The log newest first, page by page as the reader asks for older entries. */
export function useAudit(choice: AuditChoice) {
  const asked = searchOf(choice).toString();
  return useInfiniteQuery({
    queryKey: ["audit", "list", asked],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams(asked);
      search.set("limit", String(PAGE_SIZE));
      if (pageParam !== "") search.set("cursor", pageParam);
      return fetchJson<AuditPage>(`/api/v1/audit?${search}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // Nothing of it is pushed: whoever comes back to it sees it as it is then.
    staleTime: 0,
  });
}

/** Who stands in the log. */
export function useAuditActors() {
  return useQuery({
    queryKey: ["audit", "actors"],
    queryFn: ({ signal }) => fetchJson<AuditActors>("/api/v1/audit/actors", { signal }),
  });
}
