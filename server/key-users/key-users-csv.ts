import type { DataScope } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { KeyUser } from "../contracts/api/key-users.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import type { KeyUsersFilter } from "./list-filter.ts";
import { allKeyUsers } from "./list-key-users.ts";

/** The import's own columns first. With the version an import sees what has changed since. */
const COLUMNS: readonly CsvColumn<KeyUser>[] = [
  { name: "id", of: (user) => user.userId },
  { name: "raw_premium", of: (user) => user.rawPremium },
  { name: "raw_info", of: (user) => user.rawInfo, isText: true },
  { name: "baseline_as_of", of: (user) => user.baselineAsOf },
  { name: "version", of: (user) => user.version },
  { name: "updated_at", of: (user) => user.updatedAt },
  { name: "updated_by", of: (user) => user.updatedBy, isText: true },
  { name: "removed_at", of: (user) => user.removedAt },
  { name: "segment", of: (user) => user.segment, isText: true },
];

/** The whole filter of the list as CSV, in pieces: imported again as it is, it changes nothing. */
export async function* keyUsersCsv(
  ctx: Pick<Context, "pool" | "time">,
  query: KeyUsersFilter,
  scope: DataScope,
): AsyncGenerator<string> {
  yield csvHeader(COLUMNS);
  for await (const users of allKeyUsers(ctx, query, scope)) yield csvLines(COLUMNS, users);
}
