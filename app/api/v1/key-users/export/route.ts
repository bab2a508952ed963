import { Readable } from "node:stream";
import { handle } from "#server/access/handle.ts";
import { recordExport } from "#server/access/record-export.ts";
import { keyUsersQuery } from "#server/contracts/api/key-users.ts";
import { keyUsersCsv } from "#server/key-users/key-users-csv.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "key-users.read", query: keyUsersQuery }, async ({ query, actor }) => {
  await recordExport(runtime(), actor, "key-users.export", {
    status: query.status,
    isSearched: !!query.search,
  });
  const lines = keyUsersCsv(runtime(), query);
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="key-users.csv"',
      "cache-control": "no-store",
    },
  });
});
