import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { order, pageView } from "#testing/factories/events.ts";
import { AFTER_THREE, first, ordersWrittenBehind, second, third } from "#testing/factories/order-factory.ts";
import { batchOf, counts, startTestWriter, TEST_TIME } from "#testing/harness/writer-harness.ts";
import { writersForEachTest } from "#testing/harness/writers.ts";
import { Unavailable } from "../lib/errors.ts";

const writers = writersForEachTest("own");
const { start, stop, isLeading, rows, hours, received } = writers;

describe("a restart (C12)", () => {
  test("a stop during a commit commits what waits behind it, and ends", async () => {
    const writer = await start();
    const first = writer.submit(batchOf("orders", [order({ userId: "7", orderNo: "A" })]));
    await nextTurn();
    const second = writer.submit(batchOf("orders", [order({ userId: "8", orderNo: "B" })]));
    await stop(writer);
    for (const { dispositions } of await Promise.all([first, second])) expect(dispositions.applied).toBe(1);
  });

  test("after a clean stop finds all state in the tables and takes the lease at once", async () => {
    const before = await start();
    await before.submit(batchOf("orders", [first, second]));
    await before.submit(batchOf("page_views", [pageView(), pageView({ accountId: null })]));
    await stop(before);
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[2]]);
    expect(await rows("SELECT account_id, page_name FROM last_page")).toEqual([["a1", "Term life"]]);
    const [[covered]] = (await rows(
      "SELECT covered_position = (SELECT max(position) FROM event_log) FROM stream WHERE name = 'orders'",
    )) as [[boolean]];
    expect(covered).toBe(true);
    const after = await start();
    expect(after.status().state).toBe("leading");
    await after.submit(batchOf("orders", [third]));
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("after a crash before the state rows were written replays the log", async () => {
    const crashed = await start();
    const blocker = await writers.pool.connect();
    await blocker.query("BEGIN; LOCK TABLE last_order, last_page IN EXCLUSIVE MODE");
    await crashed.submit(batchOf("orders", [...ordersWrittenBehind(), first, second]));
    await crashed.submit(batchOf("page_views", [pageView({ pageName: "A" }), pageView({ pageName: "B" })]));
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[0]]);
    await writers.pool.query("UPDATE lease SET holder = '', expires_at = 'epoch', epoch = epoch + 1");
    await cutWriters();
    await blocker.query("ROLLBACK");
    blocker.release();
    await vi.waitFor(() => expect(crashed.status().epoch).toBeGreaterThan(1n), { timeout: 15_000 });
    await isLeading(crashed);

    const outcome = await crashed.submit(batchOf("orders", [first, third]));
    expect(counts(outcome)).toEqual({ applied: 1, duplicate: 1 });
    expect(outcome.firstSeq).toBe(303n);
    expect((await hours()).slice(1)).toEqual(AFTER_THREE);
    await crashed.submit(batchOf("page_views", [pageView({ pageName: "A" })]));
    await stop(crashed);
    expect(
      await rows("SELECT user_id, order_no FROM last_order WHERE user_id < 100 ORDER BY user_id"),
    ).toEqual([
      ["7", "A2"],
      ["8", "B1"],
    ]);
    expect(await rows("SELECT page_name FROM last_page")).toEqual([["B"]]);
  });
});

describe("a write-behind that fails", () => {
  test("is not covered by one that comes after it: its rows are written from the log (C12)", async () => {
    let isToFail = true;
    const writer = await startTestWriter(writers.url, 100_000, TEST_TIME, {
      atFaultPoint: (point) => {
        if (point !== "in-flush" || !isToFail) return;
        isToFail = false;
        throw new Error("no room left");
      },
    });
    const flushes = await blocked("LOCK TABLE personal_block IN SHARE MODE");
    await writer.submit(batchOf("orders", ordersWrittenBehind()));
    const [flush] = await waitingFor("COPY personal_block%");
    await writer.submit(batchOf("orders", [first]));
    const commits = await blocked("SELECT * FROM commit_position FOR UPDATE");
    const last = writer.submit(batchOf("orders", [third]));
    await waitingFor("%commit_position SET%");
    await flushes.release();
    await expect.poll(() => rows(`SELECT 1 FROM pg_stat_activity WHERE pid = ${flush}`)).toEqual([]);
    const stopped = writer.stop();
    await commits.release();
    await Promise.all([last, stopped]);

    await stop(await start());
    expect(await rows("SELECT count(*)::int FROM last_order")).toEqual([[301]]);
  });
});

/** Holds what a statement locks until it is released. */
async function blocked(statement: string): Promise<{ release(): Promise<void> }> {
  const client = await writers.pool.connect();
  await client.query(`BEGIN; ${statement}`);
  return {
    release: async () => {
      await client.query("ROLLBACK");
      client.release();
    },
  };
}

/** Waits until a statement waits for a lock. @returns its backend's number */
async function waitingFor(statement: string): Promise<number[]> {
  return vi.waitFor(
    async () => {
      const waiting = await rows(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '${statement}'`,
      );
      expect(waiting).toHaveLength(1);
      return waiting.flat() as number[];
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** Ends every connection of the database but the pool's own. */
async function cutWriters(): Promise<void> {
  await writers.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%LOCK TABLE%'`,
  );
}

describe("a commit that fails", () => {
  test("leaves nothing behind, in the database or in memory; the sender is told to send again", async () => {
    const writer = await start();
    await writer.submit(batchOf("orders", [first]));
    const commits = await blocked("SELECT * FROM commit_position FOR UPDATE");
    const lost = writer.submit(batchOf("orders", [second, third]));
    lost.catch(() => undefined); // awaited below, when it has failed
    await waitingFor("%commit_position SET%");
    await writers.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    await expect(lost).rejects.toBeInstanceOf(Unavailable);
    await commits.release();
    expect(await hours()).toEqual([["2026112210", "100.00", 1, 1, "100.00", 1]]);

    await isLeading(writer);
    const outcome = await writer.submit(batchOf("orders", [second, third]));
    expect(outcome).toMatchObject({ firstSeq: 2n, dispositions: { applied: 2 } });
    expect(await hours()).toEqual(AFTER_THREE);
  });
});

describe("the lease", () => {
  test("lets one process write; the other stands by and takes over", async () => {
    const leader = await start();
    const standby = await start();
    expect(standby.status().state).toBe("standby");
    await expect(standby.submit(batchOf("orders", [first]))).rejects.toBeInstanceOf(Unavailable);
    await leader.submit(batchOf("orders", [first, second]));
    await stop(leader);
    await isLeading(standby);
    expect(counts(await standby.submit(batchOf("orders", [first, third])))).toEqual({
      applied: 1,
      duplicate: 1,
    });
    expect(await hours()).toEqual(AFTER_THREE);
  });

  test("is kept by a process that is getting ready, however long it reads", async () => {
    const before = await start();
    await before.submit(batchOf("orders", [first]));
    await stop(before);
    await writers.pool.query("UPDATE stream SET covered_position = 0");
    const reading = await blocked("LOCK TABLE last_order IN ACCESS EXCLUSIVE MODE");
    const after = start();
    await waitingFor("COPY%last_order%");
    const expiry = async () =>
      (await rows("SELECT expires_at::text FROM lease WHERE name = 'writer'"))[0]?.[0];
    const taken = await expiry();
    const renewed = vi.waitFor(async () => expect(await expiry()).not.toBe(taken), {
      timeout: 4_500,
      interval: 50,
    });
    await Promise.allSettled([renewed]);
    await reading.release();
    await renewed;
    expect((await after).status()).toMatchObject({ state: "leading", epoch: 2n });
  });

  test("fences an old leader: what it tries to commit is not committed", async () => {
    const old = await start();
    await old.submit(batchOf("orders", [first]));
    await writers.pool.query(
      "UPDATE lease SET holder = 'elsewhere:1:x', epoch = epoch + 1, expires_at = now() + interval '1 hour'",
    );
    await expect(old.submit(batchOf("orders", [second, third]))).rejects.toBeInstanceOf(Unavailable);
    await vi.waitFor(() => expect(old.status().state).toBe("standby"), 10_000);
    expect(await hours()).toEqual([["2026112210", "100.00", 1, 1, "100.00", 1]]);
    expect(await received()).toEqual([["1", "1", "0", "0", "2"]]);
  });
});
