import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import {
  batchOf,
  counts,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { Committed } from "../contracts/committed.ts";
import type { Writer } from "./writer.ts";

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;

beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url);
});
afterEach(async () => {
  await writer.stop();
  await pool.end();
});

async function rows(sql: string): Promise<unknown[][]> {
  return (await pool.query({ text: sql, rowMode: "array" })).rows;
}

const list = (userId: string, premium: string, info: string | null = null) =>
  pool.query("INSERT INTO key_user (user_id, raw_premium, raw_info) VALUES ($1, $2, $3)", [
    userId,
    premium,
    info,
  ]);

/** The amount of a user, so many seconds after ten o'clock. */
const change = (userId: string, amount: string, seconds: number, info: string | null = null) =>
  premiumChange({
    userId,
    nowPremium: fen(amount),
    gmtModified: at("11-22 10:00") + seconds * 1000,
    nowInfo: info,
  });

const submit = (...events: ReturnType<typeof change>[]) => writer.submit(batchOf("premium_changes", events));

const cases = () =>
  rows(`SELECT user_id, state, triage, mark, baseline_before, amount_now, premium_at_risk, occurrence_count,
          open_user_id IS NOT NULL FROM retention_case ORDER BY id`);
const timeline = async () => (await rows("SELECT kind FROM case_event ORDER BY id")).flat();

describe("premium changes in the database", () => {
  test("a past replayed by its own clock has cases and evidence but no notice; what gets worse live is told (K9, C3)", async () => {
    await list("7", "1000.00");
    const past = { acceptedAt: at("11-22 10:00") + 1_000, eventClock: true };
    await writer.submit(batchOf("premium_changes", [change("7", "700.00", 1)], past));
    expect(await rows("SELECT occurrence_count FROM retention_case")).toEqual([[1]]);
    expect(await rows("SELECT rules FROM occurrence")).toHaveLength(1);
    expect(await rows("SELECT kind FROM outbox")).toEqual([]);
    await submit(change("7", "300.00", 2));
    expect(await rows("SELECT kind, payload->>'amountNow' FROM outbox")).toEqual([["escalated", "300.00"]]);
  });

  test("case, evidence and timeline tell one time: the batch's, also of a past that is replayed by its own clock", async () => {
    await list("7", "1000.00");
    const [first, second] = [at("11-08 10:00"), at("11-22 10:00")];
    const past = (acceptedAt: number) => ({ acceptedAt, eventClock: true });
    await writer.submit(batchOf("premium_changes", [change("7", "700.00", 1)], past(first)));
    await writer.submit(
      batchOf("premium_changes", [change("7", "300.00", 2), change("7", "2000.00", 3)], past(second)),
    );
    expect(
      await rows("SELECT kind, extract(epoch FROM at)::float8 * 1000 FROM case_event ORDER BY id"),
    ).toEqual([
      ["opened", first],
      ["joined", second],
      ["recovered", second],
    ]);
    expect(await rows("SELECT extract(epoch FROM opened_at)::float8 * 1000 FROM retention_case")).toEqual([
      [first],
    ]);
    expect(
      (await rows("SELECT detected_at FROM occurrence ORDER BY seq")).map(([time]) => Number(time)),
    ).toEqual([first, second]);
  });

  test("the worked example: baselines, evidence, case and history (K3–K8)", async () => {
    await list("7", "1000.00", "gold");
    const outcome = await submit(
      change("7", "850.00", 1, "a"),
      change("7", "722.49", 2, "b"),
      change("7", "900", 12, "c"),
      change("7", "100.00", 2),
      change("8", "1", 3),
    );
    expect(counts(outcome)).toEqual({ applied: 3, superseded: 1, not_key_user: 1 });
    expect(
      await rows(`SELECT user_id, rules, rule_version, baseline_before, amount_now, drop_percent, info_before, info_now,
                    seq FROM occurrence`),
    ).toEqual([["7", ["step", "cumulative"], 1, "850.00", "722.49", "15.0012", "a", "b", "2"]]);
    expect(await rows("SELECT raw_premium, raw_info, version FROM key_user")).toEqual([["900.00", "c", 4]]);
    expect(await cases()).toEqual([
      ["7", "recovered", "new", "recovered", "850.00", "900.00", "0.00", 1, true],
    ]);
    expect(await timeline()).toEqual(["opened", "recovered"]);
    expect(
      await rows(
        "SELECT source, premium_before, premium_after, info_after, seq FROM baseline_change ORDER BY id",
      ),
    ).toEqual([
      ["stream", "1000.00", "850.00", "a", "1"],
      ["stream", "850.00", "722.49", "b", "2"],
      ["stream", "722.49", "900.00", "c", "3"],
    ]);
    expect(await rows("SELECT * FROM wechat_activity_user")).toEqual([["7", "a", "b", "850.00", "722.49"]]);
  });

  test("one event a batch gives the same tables as all in one (C11)", async () => {
    const events = [
      change("7", "700", 1),
      change("7", "400", 2),
      change("7", "2000", 3),
      change("7", "1000", 4),
      change("7", "400", 2),
    ];
    await list("7", "1000");
    for (const event of events) await submit(event);
    const tables = [
      await cases(),
      await rows("SELECT raw_premium, version FROM key_user WHERE user_id = 7"),
      await timeline(),
    ];
    await pool.query("TRUNCATE occurrence, case_event, retention_case, baseline_change, key_user CASCADE");
    await list("7", "1000");
    await submit(...events);
    expect([
      await cases(),
      await rows("SELECT raw_premium, version FROM key_user WHERE user_id = 7"),
      await timeline(),
    ]).toEqual(tables);
  });

  test("a redelivery makes no second occurrence (K7, C9)", async () => {
    await list("7", "1000");
    const drop = change("7", "500", 1);
    await submit(drop);
    expect(counts(await submit(drop, drop))).toEqual({ duplicate: 2 });
    expect(await rows("SELECT count(*)::int FROM occurrence")).toEqual([[1]]);
    expect((await cases())[0]?.[7]).toBe(1);
  });

  test("a removed user does not count (K2)", async () => {
    await list("7", "1000");
    await pool.query("UPDATE key_user SET removed_at = now()");
    expect(counts(await submit(change("7", "1", 1)))).toEqual({ not_key_user: 1 });
    expect(await rows("SELECT raw_premium FROM key_user")).toEqual([["1000.00"]]);
  });

  test("a new drop reopens the newest closed case; owner and outcome stay people's (K8)", async () => {
    await list("7", "1000");
    await submit(change("7", "500", 1));
    await pool.query(`UPDATE retention_case SET state = 'closed', triage = 'closed', assignee = 'anna', outcome = 'lost',
      open_user_id = NULL, closed_at = now()`);
    await pool.query("UPDATE key_user SET anchor = NULL");
    expect(counts(await submit(change("7", "480", 2)))).toEqual({ applied: 1 });
    expect((await cases())[0]?.[1]).toBe("closed");
    await submit(change("7", "100", 3));
    expect(await cases()).toEqual([
      ["7", "regressed", "new", "regressed", "480.00", "100.00", "400.00", 2, true],
    ]);
    expect(await rows("SELECT assignee, outcome, closed_at FROM retention_case")).toEqual([
      ["anna", "lost", null],
    ]);
    expect(await timeline()).toEqual(["opened", "regressed"]);
  });

  test("K5: a creeping fall alerts, is measured from the anchor, and starts anew after a closed case", async () => {
    await list("7", "100");
    for (const [index, amount] of ["90", "81", "73"].entries()) await submit(change("7", amount, index + 1));
    const evidence = () =>
      rows("SELECT rules, baseline_before, anchor, amount_now, drop_percent FROM occurrence ORDER BY seq");
    expect(await evidence()).toEqual([
      [["cumulative"], "90.00", "100.00", "81.00", "10.0000"],
      [["cumulative"], "81.00", "100.00", "73.00", "9.8765"],
    ]);
    expect(
      await rows("SELECT anchor, lowest_amount, amount_now, premium_at_risk FROM retention_case"),
    ).toEqual([["100.00", "73.00", "73.00", "27.00"]]);
    expect(await rows("SELECT * FROM wechat_activity_user")).toEqual([]);
    await pool.query("UPDATE retention_case SET state = 'closed', triage = 'closed', open_user_id = NULL");
    await pool.query("UPDATE key_user SET anchor = NULL");
    await submit(change("7", "70", 10), change("7", "65", 11), change("7", "62", 12));
    expect((await evidence())[2]).toEqual([["cumulative"], "65.00", "73.00", "62.00", "4.6154"]);
    expect(await rows("SELECT mark, anchor, lowest_amount, premium_at_risk FROM retention_case")).toEqual([
      ["regressed", "73.00", "62.00", "11.00"],
    ]);
  });

  test("a case knows each rule that ever fired in it, also when it comes back (K7, K8)", async () => {
    await list("7", "1000");
    const rules = () => rows("SELECT rules FROM retention_case ORDER BY id");
    await submit(change("7", "900", 1), change("7", "830", 2));
    expect(await rules()).toEqual([[["cumulative"]]]);
    await submit(change("7", "700", 3));
    expect(await rules()).toEqual([[["cumulative", "step"]]]);
    await pool.query("UPDATE retention_case SET state = 'closed', triage = 'closed', open_user_id = NULL");
    await submit(change("7", "650", 4), change("7", "580", 5));
    expect(await rows("SELECT state, rules FROM retention_case")).toEqual([
      ["regressed", ["cumulative", "step"]],
    ]);
  });

  test("a case knows the rules of its own evidence only: what was found earlier stays where it is (K7)", async () => {
    await list("7", "1000");
    await submit(change("7", "500", 1));
    await pool.query("UPDATE retention_case SET state = 'closed', triage = 'closed', open_user_id = NULL");
    await pool.query(`INSERT INTO retention_case (user_id, open_user_id, state, triage, baseline_before, amount_now,
      premium_at_risk, opened_at, updated_at) VALUES (7, 7, 'new', 'new', 1000, 1000, 0, now(), now())`);
    await pool.query("UPDATE key_user SET raw_premium = 1000, baseline_as_of = NULL, event_time = NULL");
    await submit(change("7", "500", 1));
    expect(await rows("SELECT state, rules FROM retention_case ORDER BY id")).toEqual([
      ["closed", ["cumulative", "step"]],
      ["new", []],
    ]);
    expect(await rows("SELECT rules FROM occurrence")).toHaveLength(1);
  });

  test("triage is never overwritten by the stream (K8)", async () => {
    await list("7", "1000");
    await submit(change("7", "500", 1));
    await pool.query("UPDATE retention_case SET state = 'claimed', triage = 'claimed', assignee = 'anna'");
    await submit(change("7", "300", 2));
    expect(await rows("SELECT state, triage, assignee, occurrence_count FROM retention_case")).toEqual([
      ["claimed", "claimed", "anna", 2],
    ]);
  });

  test("a person's edit under way is waited for, and then is the baseline (K6)", async () => {
    await list("7", "1000");
    const person = await pool.connect();
    await person.query("BEGIN");
    await person.query("UPDATE key_user SET raw_premium = 100, baseline_as_of = $1", [at("11-22 09:00")]);
    const pending = submit(change("7", "90", 1));
    await vi.waitFor(
      async () =>
        expect(
          await rows(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%key_user%'`,
          ),
        ).toHaveLength(1),
      10_000,
    );
    await person.query("COMMIT");
    person.release();
    expect(counts(await pending)).toEqual({ applied: 1 });
    expect(await rows("SELECT count(*)::int FROM occurrence")).toEqual([[0]]);
    expect(await rows("SELECT premium_before, premium_after FROM baseline_change")).toEqual([
      ["100.00", "90.00"],
    ]);
  });

  test("listeners hear which cases and key users changed", async () => {
    const told: Committed[] = [];
    writer.onCommitted((committed) => told.push(committed));
    await list("7", "1000");
    await list("8", "1000");
    await submit(change("7", "500", 1), change("8", "990", 1), change("9", "1", 1));
    const [[caseId]] = (await rows("SELECT id FROM retention_case")) as [[string]];
    expect(told[0]).toMatchObject({ caseIds: [BigInt(caseId)], keyUserIds: ["7", "8"] });
  });
});
