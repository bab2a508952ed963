"use client";
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type { DeadLetterReasons, DeadLettersPage } from "../../server/contracts/api/dead-letters.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PAGE_SIZE = 50;

/** Which dead letters are shown; empty text: all. */
export interface DeadLetterFilter {
  readonly stream: string;
  readonly code: string;
}

/** Dead letters newest first, page by page as the reader asks for older ones. */
export function useDeadLetters(filter: DeadLetterFilter) {
  return useInfiniteQuery({
    queryKey: ["dead-letters", filter.stream, filter.code],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<DeadLettersPage>(`/api/v1/dead-letters?${search(filter, pageParam)}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** More were refused: counts and the newest page follow, while a reader who went back to older ones is left in peace. */
export function refreshDeadLetters(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ["dead-letter-reasons"] });
  void client.invalidateQueries({
    queryKey: ["dead-letters"],
    predicate: ({ state }) => ((state.data as InfiniteData<unknown> | undefined)?.pages.length ?? 0) <= 1,
  });
}

/** How many lines were refused, by stream and code. */
export function useDeadLetterReasons() {
  return useQuery({
    queryKey: ["dead-letter-reasons"],
    queryFn: ({ signal }) => fetchJson<DeadLetterReasons>("/api/v1/dead-letters/reasons", { signal }),
  });
}

function search(filter: DeadLetterFilter, cursor: string): string {
  const given = { ...filter, cursor, limit: String(PAGE_SIZE) };
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "")).toString();
}
