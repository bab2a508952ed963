/** @module-tag slow */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  keyUserLines,
  orderLine,
  pageLine,
  premiumLine,
  RUNS,
  resent,
  zone,
} from "#testing/factories/arbitraries.ts";
import { DaysInMemory } from "#testing/factories/days.ts";
import { fen } from "#testing/factories/events.ts";
import { hourlyTable } from "#testing/oracle/orders.ts";
import { lastPagesTable } from "#testing/oracle/page-views.ts";
import { premiumTables } from "#testing/oracle/premium-changes.ts";
import { BusinessTime } from "../contracts/business-time.ts";
import { formatFen } from "../contracts/money.ts";
import type { StreamName } from "../contracts/streams.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import { applyPageView, type LastPageRow, pageKey } from "./page-views/operator/last-pages.ts";
import { applyPremiumChange, type KeyUserState } from "./premium-changes/operator/premium-changes.ts";

const batchSizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

/** Lines take the real way through parsing and validation. */
async function eventsOf<S extends StreamName>(stream: S, lines: readonly unknown[]) {
  const body = Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));
  const batch = await parseBatch(stream, "ndjson", body, { kind: "event", from: 0 });
  expect(batch.rejects).toEqual([]);
  return batch.events;
}

/** The hours that these lines make, sent in batches of such sizes, over and over. */
async function hoursOf(lines: readonly unknown[], zoneName: string, sizes: readonly number[]) {
  const days = new DaysInMemory(new BusinessTime(zoneName));
  for (let start = 0, turn = 0; start < lines.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    days.apply(await eventsOf("orders", lines.slice(start, start + size)));
    start += size;
  }
  return days
    .days()
    .flatMap((day) => day.hours())
    .filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0)
    .sort((a, b) => (a.bizHour < b.bizHour ? -1 : 1))
    .map((hour) => [
      hour.bizHour,
      formatFen(hour.totalPremium),
      hour.policyCount,
      hour.policyHolderCount,
      formatFen(hour.grossPremium),
      hour.grossOrderCount,
    ]);
}

/** The same days as they are, around a leap day, at the other change of clocks, at new year; ms to add. */
const FROM = Date.UTC(2026, 2, 28);
const elsewhen = fc.constantFrom(
  0,
  Date.UTC(2028, 1, 28) - FROM,
  Date.UTC(2026, 9, 24) - FROM,
  Date.UTC(2026, 11, 31) - FROM,
);
const shifted = <T extends { readonly gmt_modified: number }>(lines: readonly T[], by: number): T[] =>
  lines.map((line) => ({ ...line, gmt_modified: line.gmt_modified + by }));

test("O1–O5, O7, C6, C9, C11: hours are a function of the set of orders, and the oracle's", async () => {
  const sent = fc
    .array(orderLine, { minLength: 1, maxLength: 40 })
    .chain((lines) => fc.tuple(fc.constant(lines), resent(lines)));
  await fc.assert(
    fc.asyncProperty(sent, zone, batchSizes, elsewhen, async ([known, repeated], zoneName, sizes, by) => {
      const [lines, again] = [shifted(known, by), shifted(repeated, by)];
      const expected = hourlyTable(lines, zoneName);
      expect(await hoursOf(lines, zoneName, [lines.length])).toEqual(expected);
      expect(await hoursOf(again, zoneName, sizes)).toEqual(expected);
    }),
    RUNS,
  );
});

test("K2–K6, K8: occurrences, baselines, cases and dispositions are the oracle's", async () => {
  await fc.assert(
    fc.asyncProperty(
      keyUserLines,
      fc.array(premiumLine, { minLength: 1, maxLength: 40 }),
      async (keyUsers, lines) => {
        const expected = premiumTables(keyUsers, lines);
        const rules = { version: 1, stepBasisPoints: 1_500n, cumulativeBasisPoints: 1_500n };
        const list = new Map<string, KeyUserState>(
          keyUsers.map((line) => [
            line.id,
            {
              baseline: {
                rawPremium: fen(line.raw_premium),
                rawInfo: line.raw_info,
                asOf: null,
                byEvent: false,
              },
              lastEvent: null,
              anchor: fen(line.raw_premium),
              case: null,
            },
          ]),
        );
        const occurrences: unknown[] = [];
        const alerts: unknown[] = [];
        const dispositions: Record<string, number> = {
          applied: 0,
          superseded: 0,
          duplicate: 0,
          not_key_user: 0,
        };
        for (const event of await eventsOf("premium_changes", lines)) {
          const verdict = applyPremiumChange(event, list.get(event.userId), rules);
          dispositions[verdict.disposition] = (dispositions[verdict.disposition] ?? 0) + 1;
          if (verdict.next) list.set(event.userId, verdict.next);
          if (!verdict.alert) continue;
          const { baselineBefore, infoBefore, rules: fired } = verdict.alert;
          alerts.push([event.userId, event.gmtModified, formatFen(event.nowPremium), fired.join(" ")]);
          if (!fired.includes("step")) continue;
          occurrences.push([
            event.userId,
            event.gmtModified,
            formatFen(baselineBefore),
            formatFen(event.nowPremium),
            infoBefore,
            event.nowInfo,
          ]);
        }
        expect(occurrences).toEqual(expected.occurrences);
        expect(alerts).toEqual(expected.alerts);
        expect(dispositions).toEqual(expected.dispositions);
        expect(
          [...list].map(([id, { baseline }]) => [id, formatFen(baseline.rawPremium), baseline.rawInfo]),
        ).toEqual(expected.keyUsers);
        const cases = [...list].flatMap(([id, state]) =>
          state.case ? [[id, state.case.mark ?? "new", formatFen(state.case.amountNow)] as const] : [],
        );
        expect(cases).toEqual(expected.cases.map(([id, state, , , now]) => [id, state, now]));
      },
    ),
    RUNS,
  );
});

test("P1–P3, C2, C6, C9, C11: last pages are a function of the set of page views, and the oracle's", async () => {
  const lastPages = async (lines: readonly unknown[]) => {
    const pages = new Map<string, LastPageRow>();
    let seq = 0n;
    for (const event of await eventsOf("page_views", lines)) {
      const key = pageKey(event.accountId ?? "", event.deviceId);
      const { page } = applyPageView(event, seq++, pages.get(key));
      if (page) pages.set(key, page);
    }
    return [...pages.values()].map((row) => [row.accountId, row.deviceId, row.pageType, row.pageName]).sort();
  };
  const sent = fc
    .array(pageLine, { minLength: 1, maxLength: 40 })
    .chain((lines) => fc.tuple(fc.constant(lines), resent(lines)));
  await fc.assert(
    fc.asyncProperty(sent, async ([lines, again]) => {
      const expected = lastPagesTable(lines)
        .map((row) => [...row])
        .sort();
      expect(await lastPages(lines)).toEqual(expected);
      expect(await lastPages(again)).toEqual(expected);
    }),
    RUNS,
  );
});
