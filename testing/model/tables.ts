import { expect, vi } from "vitest";
import type { StreamName } from "#server/contracts/streams.ts";
import { verifyDay } from "#server/orders/verify-day.ts";
import { decimal, hundredths } from "../oracle/exact.ts";
import { dateOf, hourlyTable, type OrderLine, versionsOf, winnersOf } from "../oracle/orders.ts";
import { lastPagesTable } from "../oracle/page-views.ts";
import { NOT_TOLD } from "./feed.ts";
import type { Journal } from "./journal.ts";
import type { World } from "./world.ts";

type Row = readonly unknown[];

const FIGURES = "total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt";
const HAS_FIGURES = "(winner_cnt > 0 OR gross_order_cnt > 0)";
const DATE = "to_char(biz_date, 'YYYYMMDD')";
const FATES = [
  "applied",
  "superseded",
  "duplicate",
  "late",
  "not_key_user",
  "anonymous",
  "rejected",
] as const;
const STREAM_NAMES: readonly StreamName[] = ["orders", "page_views", "premium_changes"];

/** What is committed with each batch or act: table by table, the query and the rows that the journal says. */
function committedTables(journal: Journal): readonly (readonly [string, readonly Row[]])[] {
  const { orders, counts } = journal;
  const premium = journal.premium();
  return [
    [
      `SELECT biz_hour, ${FIGURES} FROM hour_figure WHERE ${HAS_FIGURES}`,
      hourlyTable(orders.counted(), journal.zone),
    ],
    [`SELECT ${DATE}, revision FROM order_day`, orders.dayStates()],
    [`SELECT ${DATE}, revision, late_events FROM day_revision`, orders.revisions()],
    [
      `SELECT revision, biz_hour, ${FIGURES} FROM day_revision_hour WHERE ${HAS_FIGURES}`,
      orders.revisionHours(),
    ],
    [`SELECT unnest(seqs), ${DATE}, revision FROM late_order`, orders.late()],
    [
      "SELECT user_id, raw_premium, raw_info, baseline_as_of, removed_at IS NULL FROM key_user",
      [...premium.users].map(([id, user]) => [id, user.amount, user.info, user.asOf, user.isListed]),
    ],
    ["SELECT user_id, event_time, amount_now, array_to_string(rules, ' ') FROM occurrence", premium.alerts],
    [
      "SELECT user_id, state, open_user_id IS NOT NULL, occurrence_count, amount_now FROM retention_case",
      premium.cases,
    ],
    [
      `SELECT id, rules FROM retention_case c WHERE rules IS DISTINCT FROM ARRAY(
         SELECT DISTINCT unnest(o.rules) FROM occurrence o WHERE o.case_id = c.id ORDER BY 1)`,
      [],
    ],
    ["SELECT payload->>'userId', kind, payload->>'amountNow' FROM outbox", premium.notices],
    [
      `SELECT name, received, ${FATES.join(", ")} FROM stream`,
      STREAM_NAMES.map((stream) => {
        const fates = FATES.map((fate) => counts[stream][fate] ?? 0);
        return [stream, fates.reduce((sum, count) => sum + count, 0), ...fates];
      }),
    ],
    [
      "SELECT stream, count(*) FROM dead_letter GROUP BY stream",
      STREAM_NAMES.flatMap((stream) => (counts[stream].rejected ? [[stream, counts[stream].rejected]] : [])),
    ],
    [
      "SELECT name, coalesce((SELECT sum(count) FROM event_log WHERE stream = name), 0), next_seq FROM stream",
      STREAM_NAMES.map((stream) => {
        const accepted = FATES.slice(0, -1).reduce((sum, fate) => sum + (counts[stream][fate] ?? 0), 0);
        return [stream, accepted, accepted + 1];
      }),
    ],
    ...NOT_TOLD.map((query) => [query, []] as const),
  ];
}

const amountOf = (line: OrderLine): string | null => {
  const amount = hundredths(line.account_payble);
  return amount === null ? null : decimal(amount);
};

/** State that may be written a moment later than its batch. */
function stateTables({ zone, orders, pages }: Journal): readonly (readonly [string, readonly Row[]])[] {
  const counted = orders.counted();
  return [
    [
      `SELECT ${DATE}, user_id, gmt_modified, order_no, payable FROM last_order`,
      winnersOf(counted, zone).map((line) => [
        dateOf(line, zone),
        line.id,
        line.gmt_modified,
        line.order_no,
        amountOf(line),
      ]),
    ],
    [
      `SELECT ${DATE}, order_no, gmt_modified, payable, user_id FROM gross_order`,
      versionsOf(counted, zone).map((line) => [
        dateOf(line, zone),
        line.order_no,
        line.gmt_modified,
        amountOf(line),
        line.id,
      ]),
    ],
    ["SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log", lastPagesTable(pages)],
  ];
}

const asText = (rows: readonly Row[]): string[] =>
  rows.map((row) => row.map((cell) => (cell === null ? "∅" : String(cell))).join(" | ")).sort();

async function compare(world: World, tables: readonly (readonly [string, readonly Row[]])[]): Promise<void> {
  const stored = await Promise.all(
    tables.map(([text]) => world.pool.query<unknown[]>({ text, rowMode: "array" })),
  );
  tables.forEach(([text, expected], index) => {
    expect(asText(stored[index]?.rows ?? []), text).toEqual(asText(expected));
  });
}

/** After each step: the tables are the journal's. Days that the clock alone closes are waited for. */
export async function expectTables(journal: Journal, world: World): Promise<void> {
  if (journal.closeQuietly()) {
    const dayStates = asText(journal.orders.dayStates());
    const stored = async () =>
      (
        await world.pool.query<unknown[]>({
          text: `SELECT ${DATE}, revision FROM order_day`,
          rowMode: "array",
        })
      ).rows;
    await vi.waitFor(async () => expect(asText(await stored())).toEqual(dayStates), {
      timeout: 20_000,
      interval: 10,
    });
  }
  await compare(world, committedTables(journal));
}

/** In the end, the writer stopped: the state as well, and each day is what its log says. */
export async function expectTablesAtRest(journal: Journal, world: World): Promise<void> {
  await compare(world, [...committedTables(journal), ...stateTables(journal)]);
  for (const [date] of journal.orders.dayStates()) {
    const day = await verifyDay(world.context, date.replace(/^(\d{4})(\d\d)/, "$1-$2-"));
    expect(day.differences, `verify ${date}`).toEqual([]);
  }
}
