import type { DataScope } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import type { LookUps } from "../lib/sealed-contact.ts";
import type { KeyUsersFilter } from "./list-filter.ts";
import { allKeyUsers, type ExportedKeyUser } from "./list-key-users.ts";

/** The import's own columns first. With the version an import sees what has changed since. */
const COLUMNS: readonly CsvColumn<ExportedKeyUser>[] = [
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

/** In clear. Without the right to them the columns are left out: an import takes an absent column for one that says nothing. */
const PERSONAL: readonly CsvColumn<ExportedKeyUser>[] = [
  { name: "customer_name", of: ({ clear }) => clear?.customerName ?? null, isText: true },
  { name: "customer_tel", of: ({ clear }) => clear?.customerTel ?? null, isText: true },
];

/** Who exports. */
export interface Exporter {
  /** Whose customers they see. */
  readonly scope: DataScope;
  /** What their search finds by name and telephone. */
  readonly lookUps?: LookUps | null;
  /** They have the right personal.export, and it is audited. */
  readonly isClear?: boolean;
}

/** The whole filter of the list as CSV, in pieces: imported again as it is, it changes nothing. */
export async function* keyUsersCsv(
  ctx: Pick<Context, "pool" | "time" | "cipher">,
  query: KeyUsersFilter,
  { scope, lookUps = null, isClear = false }: Exporter,
): AsyncGenerator<string> {
  const columns = isClear ? [...COLUMNS, ...PERSONAL] : COLUMNS;
  yield csvHeader(columns);
  for await (const users of allKeyUsers(ctx, query, { scope, lookUps, isClear })) {
    yield csvLines(columns, users);
  }
}
