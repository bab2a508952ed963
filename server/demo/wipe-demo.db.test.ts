import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { order, pageView } from "#testing/factories/events.ts";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { Actor } from "../access/can.ts";
import { parseConfig } from "../config/config.ts";
import type { BatchOutcome } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { keepZone, readZone } from "../db/zone.ts";
import type { Writer } from "../engine/writer.ts";
import { createLog } from "../lib/log.ts";
import { isFirstAdministratorToken } from "../people/first-administrator.ts";
import { DEMO_PEOPLE } from "./demo-people.ts";
import { type WipedDemo, wipeDemo } from "./wipe-demo.ts";

const ADMIN: Actor = { kind: "person", id: "admin", name: "Ada", role: "administrator", sessionId: "s" };
const EMPTY = [
  "event_log",
  "hour_figure",
  "last_order",
  "gross_order",
  "last_page",
  "key_user",
  "dead_letter",
  "settings_version",
  "proposal",
];

describe("wiping a demo", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  async function demo(log = createLog("silent")): Promise<{ writer: Writer; database: Database }> {
    const url = await server.freshDatabase();
    const database = await openDatabase({ databaseUrl: url, dataDir: "", onIdleError: () => undefined });
    const writer = await startTestWriter(url, undefined, undefined, { log });
    await database.db.setting.create({ data: { key: "demo", value: true } });
    await keepZone(database.pool, "Asia/Shanghai");
    for (const { username, email, name } of DEMO_PEOPLE) {
      await database.db.user.create({ data: { id: username, email, name } });
    }
    await database.db.user.create({ data: { id: "real", email: "real@insurer.example", name: "Real" } });
    return { writer, database };
  }

  function wipe(
    { db }: Database,
    published: Committed[] = [],
    stopped: string[] = [],
    DEMO: "0" | "1" = "1",
  ): Promise<WipedDemo> {
    return wipeDemo(
      {
        db,
        config: parseConfig({ DEMO }),
        demo: { stop: async () => void stopped.push("simulator") },
        publish: (committed) => void published.push(committed),
      },
      ADMIN,
    );
  }

  /** Sends until it is acknowledged, as every sender does. */
  async function sendUntilTaken(writer: Writer, orderNo: string): Promise<BatchOutcome> {
    for (;;) {
      try {
        return await writer.submit(batchOf("orders", [order({ orderNo })]));
      } catch {
        await new Promise(setImmediate);
      }
    }
  }

  test("leaves nothing of the data, nobody of the demo, whoever asked, and a demo no more", async () => {
    const { writer, database } = await demo();
    await writer.submit(batchOf("orders", [order()]));
    await writer.submit(batchOf("page_views", [pageView()]));
    const now = new Date();
    const set = { createdAt: now, createdBy: "admin", reason: "tried out" };
    await database.db.settingsVersion.create({
      data: { version: 1, values: { FOUR_EYES: "roles" }, changes: {}, ...set },
    });
    await database.db.alertRule.create({ data: { version: 2, stepPercent: "99", position: 1, ...set } });
    await database.db.proposal.create({
      data: { act: "roles", told: {}, proposedAt: now, proposedBy: "admin", expiresAt: now },
    });
    await database.db.invitation.create({
      data: {
        id: "i",
        email: "eve@example.test",
        name: "Eve",
        role: "administrator",
        hash: "h",
        issuedBy: DEMO_PEOPLE[0]?.username ?? "",
        expiresAt: now,
      },
    });
    const key = { prefix: "tw_x", scopes: ["ingest"], expiresAt: null };
    await database.db.apiKey.create({
      data: { id: "demo's", name: "tried out", hash: "1", createdBy: DEMO_PEOPLE[0]?.username ?? "", ...key },
    });
    await database.db.apiKey.create({
      data: { id: "real's", name: "real", hash: "2", createdBy: "real", ...key },
    });
    const published: Committed[] = [];
    const stopped: string[] = [];
    await wipe(database, published, stopped);
    expect(await database.db.apiKey.findMany({ select: { id: true } })).toEqual([{ id: "real's" }]);
    expect(await database.db.alertRule.findMany({ select: { version: true } })).toEqual([{ version: 1 }]);
    expect(await database.db.invitation.findFirst()).toMatchObject({ outcome: "withdrawn" });

    for (const table of EMPTY) {
      const { rows } = await database.pool.query(`SELECT count(*)::int AS count FROM ${table}`);
      expect([table, rows[0].count]).toEqual([table, 0]);
    }
    const people = await database.db.user.findMany({ orderBy: { id: "asc" } });
    expect(people.map(({ id }) => id)).toEqual(["real"]);
    expect(await readZone(database.pool)).toBe("Asia/Shanghai"); // C1
    expect(stopped).toEqual(["simulator"]);
    expect(published).toMatchObject([{ keyUserIds: null }]);
    expect(await writtenActs(database.pool)).toMatchObject([
      {
        actor: ADMIN.id,
        action: "demo.wipe",
        subject: "installation",
        details: { leavesAdministrator: false },
      },
    ]);
    await expect(wipe(database)).rejects.toMatchObject({ code: "not_a_demo" });
    await writer.stop();
    await database.close();
  });

  test("who is left without an administrator gets the one-time link, in the same act", async () => {
    const { writer, database } = await demo();
    const { token } = await wipe(database);
    expect(await isFirstAdministratorToken(database.db, token ?? "")).toBe(true);
    await writer.stop();
    await database.close();
  });

  test("with a real administrator there is no link", async () => {
    const { writer, database } = await demo();
    await database.db.user.update({ where: { id: "real" }, data: { role: "administrator" } });
    expect(await wipe(database)).toEqual({ token: null });
    await writer.stop();
    await database.close();
  });

  test("is refused where no demo runs, and leaves everything", async () => {
    const { writer, database } = await demo();
    await writer.submit(batchOf("orders", [order()]));
    await expect(wipe(database, [], [], "0")).rejects.toMatchObject({ code: "not_a_demo", status: 409 });
    expect(await database.db.user.count()).toBe(DEMO_PEOPLE.length + 1);
    await writer.stop();
    await database.close();
  });

  test("takes the writer's memory with it: the same order counts anew, from sequence number 1", async () => {
    const { writer, database } = await demo();
    await sendUntilTaken(writer, "A1");
    await wipe(database);
    const outcome = await sendUntilTaken(writer, "A1");
    expect(outcome).toMatchObject({ firstSeq: 1n, dispositions: { applied: 1, duplicate: 0 } });
    const { rows } = await database.pool.query("SELECT policy_cnt, gross_order_cnt FROM hour_figure");
    expect(rows).toEqual([{ policy_cnt: 1, gross_order_cnt: 1 }]);
    await writer.stop();
    await database.close();
  });

  test("goes on where it met a reader of two tables, the second of them locked by the wipe itself", async () => {
    const { writer, database } = await demo();
    const reader = await database.pool.connect();
    await reader.query("BEGIN");
    await reader.query("SELECT FROM key_user_import");
    const wiping = wipe(database);
    await vi.waitUntil(async () => {
      const { rows } = await database.pool.query(
        "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return rows[0].waiting === 1;
    }, PATIENCE);
    const reading = reader.query("SELECT FROM event_log").finally(() => reader.query("ROLLBACK"));
    const [wiped] = await Promise.allSettled([wiping, reading]);
    reader.release();
    expect(wiped).toMatchObject({ status: "fulfilled" });
    await writer.stop();
    await database.close();
  });

  test("is expected of the writer: one sentence at level info, without a stack", async () => {
    const log = createLog("silent");
    const [info, warn] = [vi.spyOn(log, "info"), vi.spyOn(log, "warn")];
    const { writer, database } = await demo(log);
    await sendUntilTaken(writer, "A1");
    info.mockClear();
    await wipe(database);
    await sendUntilTaken(writer, "A1");
    expect(info.mock.calls[0]).toEqual([expect.stringMatching(/^the data were wiped or restored: /)]);
    expect(warn).not.toHaveBeenCalled();
    await writer.stop();
    await database.close();
  });

  test("sixty senders, refused while the writer starts over, send again and lose nothing (C9)", async () => {
    const { writer, database } = await demo();
    const numbers = Array.from({ length: 60 }, (_, n) => `A${n}`);
    await sendUntilTaken(writer, "before");
    await wipe(database);
    await Promise.all(numbers.map((orderNo) => sendUntilTaken(writer, orderNo)));
    const { rows } = await database.pool.query("SELECT sum(gross_order_cnt)::int AS orders FROM hour_figure");
    expect(rows).toEqual([{ orders: numbers.length }]);
    await writer.stop();
    await database.close();
  });
});
