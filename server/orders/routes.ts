import { dataScopeOf } from "../access/data-scope.ts";
import { businessDate, listQuery } from "../contracts/api/common.ts";
import { applyLate } from "../contracts/api/days.ts";
import {
  comparisonQuery,
  hourlyCsvQuery,
  hourlyQuery,
  movesQuery,
  replacedQuery,
} from "../contracts/api/orders.ts";
import { csvAnswer } from "../http/csv-answer.ts";
import { defineRoute } from "../http/define-route.ts";
import { recordExport } from "../http/record-export.ts";
import { InvalidInput } from "../lib/errors.ts";
import { applyLateOrders } from "./apply-late-orders.ts";
import { comparison } from "./comparison.ts";
import { dayRevisions } from "./day-revisions.ts";
import { hourCauses } from "./hour-causes.ts";
import { hourChanges, hourChangesCsv } from "./hour-changes.ts";
import { hourWinners } from "./hour-winners.ts";
import { hourly } from "./hourly.ts";
import { hourlyCsv } from "./hourly-csv.ts";
import { recentMoves } from "./recent-moves.ts";
import { replacedOrders } from "./replaced-orders.ts";
import { usualGap } from "./usual-gap.ts";

const READ = { tag: "Orders", method: "GET", right: "orders.read" } as const;

export const ORDER_ROUTES = [
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hourly",
    summary: "Figures of a business day by the hour",
    query: hourlyQuery,
    answer: { schema: "Hourly" },
    handle: ({ ctx, query }) => hourly(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hourly.csv",
    summary: "The same as a table",
    query: hourlyCsvQuery,
    answer: { type: "text/csv" },
    handle: async ({ ctx, query, actor }) => {
      const text = await hourlyCsv(ctx, query);
      await recordExport(ctx, actor, "orders.export", { date: query.date });
      return csvAnswer(text, `premium-by-hour-${query.date}.csv`);
    },
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/comparison",
    summary: "Another day as it stood at the same minute",
    query: comparisonQuery,
    answer: { schema: "Comparison" },
    handle: ({ ctx, query }) => comparison(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/usual-gap",
    summary: "How long the source is silent at most at the running hour",
    answer: { schema: "UsualGap" },
    handle: ({ ctx }) => usualGap(ctx),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hours/{bizHour}/orders",
    summary:
      "The orders behind an hour; personal data masked, and left out of customers outside one's data scope",
    query: listQuery,
    answer: { schema: "Winners" },
    handle: ({ ctx, params, query, actor }) => hourWinners(ctx, params.bizHour, query, dataScopeOf(actor)),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hours/{bizHour}/causes",
    summary: "Which orders joined or left an hour, and what replaced them",
    query: listQuery,
    answer: { schema: "HourCauses" },
    handle: ({ ctx, params, query }) => hourCauses(ctx, params.bizHour, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hours/{bizHour}/changes",
    summary: "What has changed an hour since it was over, with the amount of each change",
    answer: { schema: "HourChanges" },
    handle: ({ ctx, params }) => hourChanges(ctx, params.bizHour),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/hours/{bizHour}/changes.csv",
    summary: "The same as a table",
    answer: { type: "text/csv" },
    handle: async ({ ctx, params, actor }) => {
      const text = await hourChangesCsv(ctx, params.bizHour);
      await recordExport(ctx, actor, "orders.export", { hour: params.bizHour });
      return csvAnswer(text, `changes-of-${params.bizHour}.csv`);
    },
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/days/{date}/revisions",
    summary: "What a closed business day was said to be, and why it changed",
    answer: { schema: "DayRevisions" },
    handle: ({ ctx, params }) => dayRevisions(ctx, dateIn(params.date)),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/days/{date}/late",
    summary: "What the late orders of a closed day would change",
    answer: { schema: "LateEffect" },
    handle: ({ ctx, params }) => ctx.dayWorker.lateEffect(dateIn(params.date)),
  }),
  defineRoute({
    tag: "Orders",
    method: "POST",
    path: "/api/v1/orders/days/{date}/apply-late",
    summary: "Takes the late orders of a closed day into its next revision",
    right: "orders.revise",
    ifMatch: true,
    body: { schema: applyLate },
    answer: { schema: "DayRevisions" },
    handle: ({ ctx, actor, params, version, body }) =>
      applyLateOrders(ctx, actor, { date: dateIn(params.date), seen: version, reason: body.reason }),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/replaced",
    summary: "Orders that only one of gross and last-order counts",
    query: replacedQuery,
    answer: { schema: "Replaced" },
    handle: ({ ctx, query }) => replacedOrders(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/orders/moves",
    summary: "What moved just now, newest first",
    answer: { schema: "Moves" },
    query: movesQuery,
    handle: ({ ctx, query }) => recentMoves(ctx, query.date),
  }),
];

/** The business date in a path. @throws {InvalidInput} */
function dateIn(text: string): string {
  const date = businessDate.safeParse(text);
  if (!date.success) throw new InvalidInput("The business date is written yyyy-mm-dd.");
  return date.data;
}
