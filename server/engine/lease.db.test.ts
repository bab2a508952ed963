import { hostname } from "node:os";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { LeaseSeeker, releaseLease, renewLease } from "./lease.ts";

let server: TestServer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  pool = new pg.Pool({ connectionString: await server.freshDatabase() });
});
afterEach(() => pool.end());

const heldBy = (holder: string, expiry: string) =>
  pool.query(`UPDATE lease SET holder = $1, expires_at = ${expiry}`, [holder]);

describe("the lease (C12)", () => {
  test("is one holder's at a time, and free when it is released", async () => {
    const [one, other] = [new LeaseSeeker(pool, "one"), new LeaseSeeker(pool, "other")];
    const lease = await one.acquire();
    expect(await other.acquire()).toBeNull();
    if (lease) await renewLease(pool, lease);
    expect(await other.acquire()).toBeNull();
    if (lease) await releaseLease(pool, lease);
    expect(await other.acquire()).toMatchObject({ holder: "other", epoch: 2n });
  });

  test("of a process that may live in another container of the same host name is not taken before it runs out", async () => {
    await heldBy(`${hostname()}:4194305:x`, "now() + interval '5 seconds'");
    expect(await new LeaseSeeker(pool, "us").acquire()).toBeNull();
    await heldBy(`${hostname()}:4194305:x`, "now() - interval '1 second'");
    expect(await new LeaseSeeker(pool, "us").acquire()).toMatchObject({ epoch: 1n });
  });

  test("that the database's clock, set back a day, keeps from running out is taken when nobody renews it", async () => {
    let ms = 0;
    const seeker = new LeaseSeeker(pool, "us", () => ms);
    const seenAt = async (later: number) => {
      ms = later;
      return seeker.acquire();
    };
    await heldBy("elsewhere", "now() + interval '1 day'");
    expect(await seenAt(0)).toBeNull();
    expect(await seenAt(5_900)).toBeNull();
    await heldBy("elsewhere", "now() + interval '1 day 1 second'"); // renewed: its holder lives
    expect(await seenAt(6_100)).toBeNull();
    expect(await seenAt(12_000)).toBeNull();
    expect(await seenAt(12_200)).toMatchObject({ holder: "us", epoch: 1n });
  });
});
