import { Readable } from "node:stream";
import { context } from "#server/context.ts";
import { keyUsersQuery } from "#server/contracts/api/key-users.ts";
import { handle } from "#server/http/handle.ts";
import { recordExport } from "#server/http/record-export.ts";
import { keyUsersCsv } from "#server/key-users/key-users-csv.ts";

export const GET = handle({ action: "key-users.read", query: keyUsersQuery }, async ({ query, actor }) => {
  await recordExport(context(), actor, "key-users.export", {
    status: query.status,
    isSearched: !!query.search,
  });
  const lines = keyUsersCsv(context(), query);
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="key-users.csv"',
      "cache-control": "no-store",
    },
  });
});
