import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ADA,
  type DeadLetterHarness,
  openDeadLetterHarness,
  streamCounts,
} from "#testing/factories/dead-letter-harness.ts";
import { at } from "#testing/factories/events.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { STREAM_NAMES, type StreamName } from "../contracts/streams.ts";
import { discardDeadLetter, discardDeadLetters } from "./discard-dead-letters.ts";
import { deadLetters, reasonGroups } from "./list-dead-letters.ts";
import { replayDeadLetter } from "./replay-dead-letter.ts";
import { replayDeadLetters } from "./replay-dead-letters.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server?.stop(), 60_000);

const openDeadLetters = async (harness: DeadLetterHarness) =>
  (await deadLetters(harness.ctx, { limit: 500, state: "open" })).items.toReversed();

/** C7 with people at work: every line counted once, every dead letter in one state, every accepted event once in the log. */
async function expectSums(harness: DeadLetterHarness): Promise<void> {
  for (const [name, s] of Object.entries(await streamCounts(harness.pool))) {
    const told = {
      name,
      received: (s.accepted ?? 0) + (s.rejected ?? 0),
      deadLetters: s.rejected,
      open: (s.rejected ?? 0) - (s.replayed ?? 0) - (s.discarded ?? 0),
      replayed: s.replayed,
      discarded: s.discarded,
      logged: s.accepted,
      sequence: s.accepted,
    };
    expect(told).toEqual({
      name,
      received: s.received,
      deadLetters: s.deadLetters,
      open: s.openRows,
      replayed: s.replayedRows,
      discarded: s.discardedRows,
      logged: s.logged,
      sequence: s.logged,
    });
  }
}

const FIXED: Readonly<Record<StreamName, (n: number) => Record<string, string>>> = {
  orders: (n) => ({
    id: "7",
    order_no: `A${n}`,
    gmt_modified: String(at("11-22 10:05")),
    account_payble: "1",
  }),
  premium_changes: (n) => ({ id: "7", now_premium: String(n), gmt_modified: String(at("11-22 10:05")) }),
  page_views: (n) => ({ log_time: String(at("11-22 10:05") + n), account_id: `a${n}` }),
};

type Step =
  | {
      readonly type: "send";
      readonly stream: StreamName;
      readonly good: number;
      readonly bad: number;
      readonly early: number;
    }
  | { readonly type: "fix" | "replay" | "discard"; readonly pick: number; readonly stale: boolean }
  | { readonly type: "replayGroup"; readonly pick: number }
  | { readonly type: "discardGroup"; readonly pick: number }
  | { readonly type: "wait"; readonly minutes: number };

const small = fc.nat({ max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant("send" as const),
    stream: fc.constantFrom(...STREAM_NAMES),
    good: small,
    bad: small,
    early: small,
  }),
  fc.record({
    type: fc.constantFrom("fix" as const, "replay" as const, "discard" as const),
    pick: fc.nat(),
    stale: fc.boolean(),
  }),
  fc.record({ type: fc.constant("replayGroup" as const), pick: fc.nat() }),
  fc.record({ type: fc.constant("discardGroup" as const), pick: fc.nat() }),
  fc.record({ type: fc.constant("wait" as const), minutes: fc.integer({ min: 5, max: 90 }) }),
);

describe("counts", () => {
  test("add up whatever people do with letters while lines come in (C7)", async () => {
    const harness = await openDeadLetterHarness(await server.freshDatabase());
    let [n, now] = [0, at("11-22 12:00")];
    const run = async (step: Step): Promise<void> => {
      if (step.type === "wait") {
        now += step.minutes * 60_000;
        return harness.setNow(now);
      }
      if (step.type === "send") {
        const line = () => FIXED[step.stream](++n);
        const time = step.stream === "page_views" ? "log_time" : "gmt_modified";
        await harness.send(step.stream, [
          ...Array.from({ length: step.good }, line),
          ...Array.from({ length: step.bad }, () => "not a line"),
          ...Array.from({ length: step.early }, () => ({ ...line(), [time]: String(now + 3_600_000) })),
          "{",
        ]);
        return;
      }
      const deadLetters = await openDeadLetters(harness);
      const deadLetter = deadLetters[step.pick % Math.max(1, deadLetters.length)];
      if (!deadLetter) return;
      const { id, stream, code, field } = deadLetter;
      if (step.type === "replayGroup")
        return void (await replayDeadLetters(harness.ctx, ADA, { stream, code, field }));
      if (step.type === "discardGroup") {
        return void (await discardDeadLetters(harness.ctx, ADA, { stream, code, field, reason: "r" }));
      }
      const version = deadLetter.version + (step.stale ? 1 : 0);
      const mutation =
        step.type === "discard"
          ? discardDeadLetter(harness.ctx, ADA, { id, version, reason: "r" })
          : replayDeadLetter(harness.ctx, ADA, {
              id,
              version,
              ...(step.type === "fix" ? { fields: FIXED[stream](++n) } : {}),
            });
      if (step.stale) await expect(mutation).rejects.toMatchObject({ code: "conflict" });
      else await mutation;
    };
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          for (const each of steps) await run(each);
          await expectSums(harness);
        }),
        { numRuns: process.env.LONG ? 500 : 40 },
      );
    } finally {
      await harness.close();
    }
  }, 300_000);
});

describe("a death around the commit", () => {
  test.each([
    ["before-commit", "open", 0],
    ["after-commit", "replayed", 1],
    ["before-answer", "replayed", 1],
  ] as const)(
    "%s: the letter is %s, and marked if and only if its event is in the log (C12)",
    async (place, state, logged) => {
      let isArmed = false;
      const harness = await openDeadLetterHarness(await server.freshDatabase(), {
        atFaultPoint: (point) => {
          if (point !== place || !isArmed) return;
          isArmed = false;
          throw new Error(`died ${place}`);
        },
      });
      await harness.send("orders", [{ ...FIXED.orders(1), account_payble: "x" }]);
      const [deadLetter] = await openDeadLetters(harness);
      const id = deadLetter?.id ?? "";
      isArmed = true;
      const edit = (version: number) =>
        replayDeadLetter(harness.ctx, ADA, { id, version, fields: { account_payble: "5" } });
      await expect(edit(1)).rejects.toMatchObject({ code: "unavailable" });
      const { items } = await deadLetters(harness.ctx, { limit: 1 });
      expect(items).toMatchObject([{ state }]);
      expect((await streamCounts(harness.pool)).orders).toMatchObject({ logged, replayed: logged });
      // Sent again, as soon as the writer leads again: once in all (C9).
      await expect
        .poll(
          () =>
            edit(1).then(
              (answer) => answer.deadLetter.state,
              (error) => error.fields?.current?.state,
            ),
          { timeout: 10_000 },
        )
        .toBe("replayed");
      await expectSums(harness);
      expect((await streamCounts(harness.pool)).orders).toMatchObject({
        logged: 1,
        replayed: 1,
        received: 2,
      });
      await harness.close();
    },
  );
});

test("10,000 of a reason group come in bounded batches, and live senders come in between", async () => {
  const harness = await openDeadLetterHarness(await server.freshDatabase());
  const COUNT = 10_000;
  const late = at("11-22 12:30");
  const lines = Array.from({ length: COUNT }, (_, n) => ({
    id: String(n),
    order_no: `A${n}`,
    gmt_modified: late,
    account_payble: 1,
  }));
  expect((await harness.send("orders", lines)).rejected).toHaveLength(100);
  harness.setNow(late);
  const group = { stream: "orders", code: "event_in_future", field: "gmt_modified" } as const;
  let [isDone, live, slowest, requests] = [false, 0, 0, 0];
  const sending = (async () => {
    while (!isDone) {
      const started = performance.now();
      await harness.send("page_views", [FIXED.page_views(++live)]);
      slowest = Math.max(slowest, performance.now() - started);
    }
  })();
  let [cursor, replayed]: [string | null, number] = [null, 0];
  do {
    const part = await replayDeadLetters(harness.ctx, ADA, {
      ...group,
      ...(cursor === null ? {} : { cursor }),
    });
    requests += 1;
    replayed += part.replayed;
    expect(part.replayed).toBeLessThanOrEqual(2_000);
    cursor = part.nextCursor;
  } while (cursor !== null);
  isDone = true;
  await sending;
  expect({ replayed, requests }).toEqual({ replayed: COUNT, requests: 6 });
  expect(live, "live batches committed between those of the replay").toBeGreaterThan(COUNT / 400);
  expect(slowest, "ms that a live sender waited at most").toBeLessThan(2_000);
  await expectSums(harness);
  await harness.close();
}, 60_000);

test("among 60,000 dead letters the list, a rare reason group and the counts come at once", async () => {
  const harness = await openDeadLetterHarness(await server.freshDatabase());
  await harness.pool.query(
    `INSERT INTO dead_letter (stream, line, code, field, message, received_at, payload, state)
     SELECT 'orders', n, CASE WHEN n % 20000 = 0 THEN 'bad_time' ELSE 'bad_amount' END, 'account_payble', 'x',
       to_timestamp(1763769600 + n), '\\x00', CASE WHEN n % 7 = 0 THEN 'replayed' ELSE 'open' END
     FROM generate_series(1, $1::int) AS n`,
    [60_000],
  );
  await harness.pool.query("ANALYZE dead_letter");
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    await work(); // the first is the plan's
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const group = { stream: "orders", code: "bad_time", field: "account_payble" };
  const figures = {
    newest: await timed(() => deadLetters(harness.ctx, { limit: 50, state: "open" })),
    settled: await timed(() => deadLetters(harness.ctx, { limit: 50, state: "discarded" })),
    rare: await timed(() => deadLetters(harness.ctx, { limit: 50, state: "open", ...group })),
    rareInAnyState: await timed(() => deadLetters(harness.ctx, { limit: 50, ...group })),
    window: await timed(() =>
      deadLetters(harness.ctx, { limit: 50, state: "open", to: "2025-11-22T00:01:00Z" }),
    ),
    groups: await timed(() => reasonGroups(harness.ctx, { state: "open" })),
  };
  for (const [name, ms] of Object.entries(figures)) expect([name, ms < 500]).toEqual([name, true]);
  await harness.close();
}, 60_000);
