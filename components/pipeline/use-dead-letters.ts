"use client";
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type { DeadLetterDetail, DeadLettersPage, ReasonGroups } from "#server/contracts/api/dead-letters.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { type DeadLetterChoice, deadLetterSearch } from "./prepare-dead-letters.ts";

const PAGE_SIZE = 50;
const DEAD_LETTERS = ["dead-letters"] as const;
const REASON_GROUPS = ["dead-letter-reasons"] as const;
const DEAD_LETTER = ["dead-letter"] as const;

/** Dead letters newest first, page by page as the reader asks for older ones. */
export function useDeadLetters(choice: DeadLetterChoice) {
  const { now } = useLiveClient();
  return useInfiniteQuery({
    queryKey: [...DEAD_LETTERS, choice],
    queryFn: ({ pageParam, signal }) => {
      const search = deadLetterSearch(choice, now(), "dead-letters");
      search.set("limit", String(PAGE_SIZE));
      if (pageParam !== "") search.set("cursor", pageParam);
      return fetchJson<DeadLettersPage>(`/api/v1/dead-letters?${search}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** How many dead letters there are in each reason group, most first. */
export function useReasonGroups({ state, since }: Pick<DeadLetterChoice, "state" | "since">) {
  const { now } = useLiveClient();
  return useQuery({
    queryKey: [...REASON_GROUPS, state, since],
    queryFn: ({ signal }) => {
      const search = deadLetterSearch(
        { state, since, stream: "", code: "", field: null },
        now(),
        "reason-groups",
      );
      return fetchJson<ReasonGroups>(`/api/v1/dead-letters/reasons?${search}`, { signal });
    },
    placeholderData: keepPreviousData,
  });
}

/** One dead letter with its line. */
export function useDeadLetter(id: string) {
  return useQuery({
    queryKey: [...DEAD_LETTER, id],
    queryFn: ({ signal }) => fetchJson<DeadLetterDetail>(`/api/v1/dead-letters/${id}`, { signal }),
    staleTime: 0,
  });
}

/** More were refused, or settled: counts and the newest page follow; the list of a reader who went back to older ones stays as it is. */
export function refreshDeadLetters(client: QueryClient): void {
  void reread(client, { queryKey: REASON_GROUPS });
  void reread(client, {
    queryKey: DEAD_LETTERS,
    predicate: ({ state }) => ((state.data as InfiniteData<unknown> | undefined)?.pages.length ?? 0) <= 1,
  });
}

/** After a person's own action everything is read anew, the open one too. */
export async function rereadDeadLetters(client: QueryClient): Promise<void> {
  await Promise.all(
    [REASON_GROUPS, DEAD_LETTERS, DEAD_LETTER, ["pipeline"]].map((queryKey) => reread(client, { queryKey })),
  );
}
