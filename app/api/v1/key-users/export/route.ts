import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import { handle } from "../../../../../server/access/handle.ts";
import { recordExport } from "../../../../../server/commands/record-export.ts";
import { keyUsersQuery } from "../../../../../server/contracts/api/key-users.ts";
import { allKeyUsers } from "../../../../../server/queries/key-users.ts";
import { runtime } from "../../../../../server/runtime.ts";

const COLUMNS = ["id", "raw_premium", "raw_info", "baseline_as_of", "updated_at", "updated_by", "removed_at"];

/** CSV of the whole filter, in the import's own columns first; for spreadsheets: BOM, no formulas. */
export const GET = handle({ action: "key-users.read", query: keyUsersQuery }, async ({ query, actor }) => {
  await recordExport(runtime(), actor, "key-users.export", {
    status: query.status,
    isSearched: !!query.search,
  });
  const lines = async function* () {
    yield stringify([COLUMNS], { bom: true });
    for await (const users of allKeyUsers(runtime(), query)) {
      const rows = users.map((user) => [
        user.userId,
        user.rawPremium,
        user.rawInfo,
        user.baselineAsOf,
        user.updatedAt,
        user.updatedBy,
        user.removedAt,
      ]);
      yield stringify(rows, { escape_formulas: true });
    }
  };
  return new Response(Readable.toWeb(Readable.from(lines())) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="key-users.csv"',
      "cache-control": "no-store",
    },
  });
});
