"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { ApiKey, ApiKeysPage, IssuedApiKey } from "#server/contracts/api/api-keys.ts";
import type { Scope } from "#server/contracts/scopes.ts";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";

const PATH = "/api/v1/api-keys";
const KEY = ["api-keys"] as const;
const PAGE_SIZE = 100;
const REFRESH_MS = 10_000;

/** Keys newest first, page by page as the reader asks for older ones; from then on they are not refreshed. */
export function useApiKeys(state: "valid" | "ended") {
  return useInfiniteQuery({
    queryKey: [...KEY, state],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ state, limit: String(PAGE_SIZE) });
      if (pageParam) search.set("cursor", pageParam);
      return fetchJson<ApiKeysPage>(`${PATH}?${search}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });
}

/** What a new key is asked for; what is left out is as usual. */
export interface AskedKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: string | null;
  readonly perMinute?: number | null;
  readonly reason: string;
}

export const useCreateKey = () =>
  useKeyWrite<IssuedApiKey, AskedKey>((body) => fetchJson(PATH, { method: "POST", body }));

export interface AskedRotation {
  readonly overlapHours: number;
  readonly reason: string;
}

export const useRotateKey = (id: string) =>
  useKeyWrite<IssuedApiKey, AskedRotation>((body) =>
    fetchJson(`${PATH}/${id}/rotate`, { method: "POST", body }),
  );

export const useRevokeKey = (id: string, onDone: () => void) =>
  useKeyWrite<ApiKey, { readonly reason: string }>(
    (body) => fetchJson(`${PATH}/${id}/revoke`, { method: "POST", body }),
    onDone,
  );

/** Whatever comes of it, the list is read anew: when somebody was faster, theirs is shown. */
function useKeyWrite<Answer, Asked>(mutationFn: (asked: Asked) => Promise<Answer>, onDone?: () => void) {
  const client = useQueryClient();
  return useAct<Answer, Asked>({
    mutationFn,
    ...(onDone ? { onSuccess: onDone } : {}),
    onSettled: () => reread(client, { queryKey: KEY }),
  });
}
