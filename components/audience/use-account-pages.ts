"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { AccountPages } from "#server/contracts/api/audience.ts";
import { useRefreshMs } from "../live/use-is-stale.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const REFRESH_MS = 5_000;

/** The last page on each device of an account; nothing is asked while no account is named. */
export function useAccountPages(accountId: string) {
  return useQuery({
    queryKey: ["audience", "account", accountId],
    queryFn: ({ signal }) =>
      fetchJson<AccountPages>(`/api/v1/audience/accounts/${encodeURIComponent(accountId)}`, { signal }),
    enabled: accountId !== "",
    placeholderData: keepPreviousData,
    refetchInterval: useRefreshMs(REFRESH_MS),
  });
}
