"use client";
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { CaseSummary, CasesPage } from "#server/contracts/api/retention.ts";
import { reread, whenRead } from "../live/reread.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { arrivalsOf, takenFrom, updateInPlace } from "./prepare-queue.ts";
import { assigneeOf, type DeskChoice } from "./use-desk-choice.ts";

const PAGE = 100;
const NONE: ReadonlySet<string> = new Set();

type Choice = Pick<DeskChoice, "state" | "owner" | "find" | "sort">;

function queuePath({ state, owner, find, sort }: Choice, cursor: string | null): string {
  const query = new URLSearchParams({ sort, limit: String(PAGE) });
  const assignee = assigneeOf(owner);
  if (find !== "") query.set("find", find);
  else {
    query.set("state", state);
    if (assignee !== undefined) query.set("assignee", assignee);
  }
  if (cursor !== null) query.set("cursor", cursor);
  return `/api/v1/retention/cases?${query}`;
}

const rereadDesk = (client: QueryClient): void => void reread(client, { queryKey: ["retention"] });

/**
 * The queue in pages. Patches change listed cases in place; cases that would join wait until `show` is called, so nothing
 * moves under the reader's hand.
 */
export function useQueue(choice: Choice, myId: string, onTaken: (of: CaseSummary) => void) {
  const { state, owner, find, sort } = choice;
  const client = useQueryClient();
  const queryKey = useMemo(
    () => ["retention", "cases", state, owner, find, sort] as const,
    [state, owner, find, sort],
  );
  const [arrived, setArrived] = useState<{ key: typeof queryKey; ids: ReadonlySet<string> }>({
    key: queryKey,
    ids: NONE,
  });
  const arrivals = arrived.key === queryKey ? arrived.ids : NONE;

  const receive = useCallback(
    (cases: readonly CaseSummary[]) =>
      void whenRead(client, queryKey, () => {
        const queue = client.getQueryData<InfiniteData<CasesPage>>(queryKey);
        if (!queue) return;
        for (const of of takenFrom(queue, cases, myId)) onTaken(of);
        client.setQueryData(queryKey, updateInPlace(queue, cases));
        const ids = arrivalsOf(queue, cases, { state, owner, find }, myId);
        if (ids.length === 0) return;
        setArrived((before) => ({
          key: queryKey,
          ids: new Set([...(before.key === queryKey ? before.ids : []), ...ids]),
        }));
      }),
    [client, queryKey, state, owner, find, myId, onTaken],
  );
  usePatch(
    "retention",
    (patched, { body: { cases } }) => (cases ? receive(cases) : rereadDesk(patched)),
    rereadDesk,
  );

  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<CasesPage>(queuePath({ state, owner, find, sort }, pageParam), { signal }),
    getNextPageParam: (last) => last.nextCursor,
    refetchOnWindowFocus: false,
    // Only the queue that is shown hears of changes: one of another choice is read anew when it is shown again.
    gcTime: 0,
  });
  const show = () => {
    setArrived({ key: queryKey, ids: NONE });
    void client.resetQueries({ queryKey });
  };
  return { query, receive, arrivals: arrivals.size, show };
}
