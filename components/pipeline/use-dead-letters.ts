"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { deadLetterReasons, deadLettersPage } from "../../server/contracts/api/pipeline.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PAGE_SIZE = 50;
const REFRESH_MS = 15_000;

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
      fetchJson(`/api/v1/dead-letters?${search(filter, pageParam)}`, deadLettersPage, { signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** How many lines were refused, by stream and code. */
export function useDeadLetterReasons() {
  return useQuery({
    queryKey: ["dead-letter-reasons"],
    queryFn: ({ signal }) => fetchJson("/api/v1/dead-letters/reasons", deadLetterReasons, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

function search(filter: DeadLetterFilter, cursor: string): string {
  const given = { ...filter, cursor, limit: String(PAGE_SIZE) };
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "")).toString();
}
