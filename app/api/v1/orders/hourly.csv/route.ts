import { context } from "#server/context.ts";
import { hourlyCsvQuery } from "#server/contracts/api/orders.ts";
import { handle } from "#server/http/handle.ts";
import { recordExport } from "#server/http/record-export.ts";
import { hourlyCsv } from "#server/orders/hourly-csv.ts";

export const GET = handle({ action: "orders.read", query: hourlyCsvQuery }, async ({ query, actor }) => {
  const text = await hourlyCsv(context(), query);
  await recordExport(context(), actor, "orders.export", { date: query.date });
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="premium-by-hour-${query.date}.csv"`,
      "cache-control": "no-store",
    },
  });
});
