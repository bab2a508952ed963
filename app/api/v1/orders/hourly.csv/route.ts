import { handle } from "#server/access/handle.ts";
import { recordExport } from "#server/access/record-export.ts";
import { hourlyCsvQuery } from "#server/contracts/api/orders.ts";
import { hourlyCsv } from "#server/orders/hourly-csv.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "orders.read", query: hourlyCsvQuery }, async ({ query, actor }) => {
  const text = await hourlyCsv(runtime(), query);
  await recordExport(runtime(), actor, "orders.export", { date: query.date });
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="premium-by-hour-${query.date}.csv"`,
      "cache-control": "no-store",
    },
  });
});
