import type { Query, QueryClient, QueryFilters, QueryKey } from "@tanstack/react-query";

/** Readings that wait for the one under way to end. */
const due = new WeakMap<Query, Promise<void>>();

/**
 * Reads the matching queries anew, because what they show has changed on the server. One that is being read at this moment
 * is read once more afterwards. `invalidateQueries` alone loses the change while a query is read for the first time, and
 * else breaks the reading off: where changes come faster than answers, none would ever arrive.
 */
export async function reread(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  await Promise.all(
    client
      .getQueryCache()
      .findAll(filters)
      .map((query) => rereadOne(client, query)),
  );
}

/** What is read once the page goes on, of those that stand still. */
const still = new WeakMap<QueryClient, Set<Query>>();

/**
 * The page was paused: what it shows stays as it is (rule C14). Readings under way are broken off, for their answers may hold what came
 * after the pause; what was never read yet is read all the same.
 */
export async function standStill(client: QueryClient): Promise<void> {
  const due = new Set(client.getQueryCache().findAll({ fetchStatus: "fetching", predicate: isShown }));
  still.set(client, due);
  await client.cancelQueries({ predicate: (query) => due.has(query) });
}

/** The page goes on: what was broken off is read. */
export async function goOn(client: QueryClient): Promise<void> {
  const due = still.get(client) ?? new Set();
  still.delete(client);
  await client.invalidateQueries({ predicate: (query) => due.has(query) });
}

const isShown = (query: Query): boolean => query.state.data !== undefined;

/** Does `act` once no reading of the query is under way: its answer, older than the act, would overwrite it. */
export async function whenRead(client: QueryClient, queryKey: QueryKey, act: () => void): Promise<void> {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  if (query) await idle(client, query);
  act();
}

function rereadOne(client: QueryClient, query: Query): Promise<void> {
  const read = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  if (query.state.fetchStatus !== "fetching") return read();
  const waiting = due.get(query);
  if (waiting) return waiting;
  const again = idle(client, query).then(() => {
    due.delete(query);
    const later = still.get(client);
    if (!later) return read();
    later.add(query);
  });
  due.set(query, again);
  return again;
}

async function idle(client: QueryClient, query: Query): Promise<void> {
  while (query.state.fetchStatus === "fetching") await nextChange(client, query);
}

function nextChange(client: QueryClient, query: Query): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.getQueryCache().subscribe((event) => {
      if (event.query !== query) return;
      stop();
      resolve();
    });
  });
}
