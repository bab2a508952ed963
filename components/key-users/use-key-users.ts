"use client";
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import type { KeyUser, KeyUsersPage } from "#server/contracts/api/key-users.ts";
import { reread, whenRead } from "../live/reread.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { arrivalsOf, searchOf, updateInPlace } from "./prepare-list.ts";
import type { ListChoice } from "./use-list-choice.ts";

const PAGE = 200;
/** Rows that changed are read anew together, at this rhythm, ms. */
const REREAD_MS = 500;
/** More changed rows than this, and the list is read anew as a whole. */
const MAX_IDS = 200;
const NONE: ReadonlySet<string> = new Set();

/** Everything that depends on the list is read anew, e.g. after an import. */
export const rereadKeyUsers = (client: QueryClient) => reread(client, { queryKey: ["key-users"] });

/**
 * The list in pages. Rows that change are read anew and put in their place; new ones wait until `show` is called, so
 * nothing moves under the reader's hand.
 */
export function useKeyUsers(choice: ListChoice) {
  const client = useQueryClient();
  const asked = searchOf(choice).toString();
  const queryKey = useMemo(() => ["key-users", "list", asked] as const, [asked]);
  const chosen = useRef(choice);
  chosen.current = choice;
  const [arrived, setArrived] = useState({ key: queryKey, ids: NONE });
  const arrivals = arrived.key === queryKey ? arrived.ids : NONE;

  const own = useRef(new Set<string>());
  /** Customers whom one has put on the list oneself: they wait behind no button. null: too many to name, and none is named by a patch. */
  const expect = useCallback((ids: readonly string[] | null) => {
    for (const id of ids ?? []) own.current.add(id);
    setArrived((before) => ({
      ...before,
      ids: new Set([...before.ids].filter((id) => !own.current.has(id))),
    }));
  }, []);

  const receive = useCallback(
    (users: readonly KeyUser[]) =>
      void whenRead(client, queryKey, () => {
        const list = client.getQueryData<InfiniteData<KeyUsersPage>>(queryKey);
        if (!list) return;
        client.setQueryData(queryKey, updateInPlace(list, users));
        const others = users.filter(({ userId }) => !own.current.has(userId));
        const ids = arrivalsOf(list, others, chosen.current);
        if (ids.length === 0) return;
        setArrived((before) => ({
          key: queryKey,
          ids: new Set([...(before.key === queryKey ? before.ids : []), ...ids]),
        }));
      }),
    [client, queryKey],
  );
  useChangedRows(receive);

  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(asked);
      page.set("limit", String(PAGE));
      if (pageParam !== null) page.set("cursor", pageParam);
      return fetchJson<KeyUsersPage>(`/api/v1/key-users?${page}`, { signal });
    },
    getNextPageParam: (last) => last.nextCursor,
    refetchOnWindowFocus: false,
    // Only the list that is shown hears of changes: one of another choice is read anew when it is shown again.
    gcTime: 0,
    // Whoever pressed a head of the list stays at it, until the rows of the new order have come.
    placeholderData: keepPreviousData,
  });
  const show = () => {
    setArrived({ key: queryKey, ids: NONE });
    void client.resetQueries({ queryKey });
  };
  return { query, receive, arrivals: arrivals.size, show, expect };
}

/** Collects the rows that patches name and reads them anew together. */
function useChangedRows(receive: (users: readonly KeyUser[]) => void): void {
  const changed = useRef(new Set<string>());
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(receive);
  latest.current = receive;
  const readAnew = async (client: QueryClient) => {
    due.current = null;
    const ids = [...changed.current];
    changed.current = new Set();
    if (ids.length > MAX_IDS) return rereadKeyUsers(client);
    try {
      const { items } = await fetchJson<KeyUsersPage>(`/api/v1/key-users?ids=${ids.join(",")}`);
      latest.current(items);
    } catch {
      await rereadKeyUsers(client); // the list's own panel tells what is wrong
    }
  };
  usePatch(
    "key-users",
    (client, { body }) => {
      if (body.userIds === null) return void rereadKeyUsers(client);
      for (const id of body.userIds) changed.current.add(id);
      due.current ??= setTimeout(() => void readAnew(client), REREAD_MS);
    },
    (client) => void rereadKeyUsers(client),
  );
}
