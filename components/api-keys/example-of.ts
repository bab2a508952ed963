import type { Scope } from "#server/contracts/scopes.ts";

const AUTHORIZATION = '-H "Authorization: Bearer $API_KEY"';
const LINES = '-H "Content-Type: application/x-ndjson"';
const FILE = "--data-binary @orders.ndjson";

/** A request that a key of this scope may send. */
const OF_SCOPE: Readonly<Record<Scope, (origin: string) => readonly string[]>> = {
  ingest: (origin) => [LINES, FILE, `${origin}/ingest/orders`],
  replay: (origin) => [LINES, '-H "Tidewatch-Clock: event"', FILE, `${origin}/ingest/orders`],
  read: (origin) => [`${origin}/api/v1/pipeline`],
  features: (origin) => [`"${origin}/api/v1/features/last-page?account_id=100200"`],
  "key-users": (origin) => [`"${origin}/api/v1/key-users?limit=10"`],
};

/** A command that tries a key: the first thing that it was made for. The secret stays out of it, and of the shell's history. */
export function exampleOf(scopes: readonly Scope[], origin: string): string {
  const [first = "read"] = scopes;
  return ["curl", AUTHORIZATION, ...OF_SCOPE[first](origin)].join(" \\\n  ");
}
