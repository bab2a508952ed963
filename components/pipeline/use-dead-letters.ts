"use client";
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type {
  DeadLetterDetail,
  DeadLetterReasons,
  DeadLettersPage,
} from "#server/contracts/api/dead-letters.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { deadLetterSearch, type LetterChoice } from "./prepare-dead-letters.ts";

const PAGE_SIZE = 50;
const LETTERS = ["dead-letters"] as const;
const KINDS = ["dead-letter-reasons"] as const;
const LETTER = ["dead-letter"] as const;

/** Dead letters newest first, page by page as the reader asks for older ones. */
export function useDeadLetters(choice: LetterChoice) {
  const { now } = useLiveClient();
  return useInfiniteQuery({
    queryKey: [...LETTERS, choice],
    queryFn: ({ pageParam, signal }) => {
      const search = deadLetterSearch(choice, now(), "letters");
      search.set("limit", String(PAGE_SIZE));
      if (pageParam !== "") search.set("cursor", pageParam);
      return fetchJson<DeadLettersPage>(`/api/v1/dead-letters?${search}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** How many letters there are of each kind, most first. */
export function useLetterKinds({ state, since }: Pick<LetterChoice, "state" | "since">) {
  const { now } = useLiveClient();
  return useQuery({
    queryKey: [...KINDS, state, since],
    queryFn: ({ signal }) => {
      const search = deadLetterSearch({ state, since, stream: "", code: "", field: null }, now(), "kinds");
      return fetchJson<DeadLetterReasons>(`/api/v1/dead-letters/reasons?${search}`, { signal });
    },
    placeholderData: keepPreviousData,
  });
}

/** One letter with its line. */
export function useDeadLetter(id: string) {
  return useQuery({
    queryKey: [...LETTER, id],
    queryFn: ({ signal }) => fetchJson<DeadLetterDetail>(`/api/v1/dead-letters/${id}`, { signal }),
    staleTime: 0,
  });
}

/** More were refused, or dealt with: counts and the newest page follow, while a reader who went back to older ones is left in peace. */
export function refreshDeadLetters(client: QueryClient): void {
  void reread(client, { queryKey: KINDS });
  void reread(client, {
    queryKey: LETTERS,
    predicate: ({ state }) => ((state.data as InfiniteData<unknown> | undefined)?.pages.length ?? 0) <= 1,
  });
}

/** After a person's own action everything is read anew, the open letter too. */
export async function rereadDeadLetters(client: QueryClient): Promise<void> {
  await Promise.all([KINDS, LETTERS, LETTER, ["pipeline"]].map((queryKey) => reread(client, { queryKey })));
}
