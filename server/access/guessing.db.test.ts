import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Guess, Guessing, shareOf } from "./guessing.ts";

let server: TestServer;
let pool: pg.Pool;
let guessing: Guessing;
/** Another process at the same database. */
let neighbour: Guessing;
let address = 0;

beforeAll(async () => {
  server = await startTestServer();
  pool = new pg.Pool({ connectionString: await server.freshDatabase(), max: 8 });
});
beforeEach(async () => {
  await pool.query("DELETE FROM sign_in_limit");
  guessing = new Guessing(pool);
  neighbour = new Guessing(pool);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 29) });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

/** From a new address each time, unless said otherwise: what is counted is the account. */
const at = (account: string, given: Partial<Guess> = {}): Guess => {
  address += 1;
  return { account, share: `share ${address}`, device: null, ...given };
};
/** Seconds to wait; 0: the password may be looked at. */
const wait = (guess: Guess, by = guessing): Promise<number> =>
  by.begin(guess).then(
    () => 0,
    (error: { retryAfter: number; status: number }) => {
      expect(error).toMatchObject({ status: 429 });
      return error.retryAfter;
    },
  );
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
async function use(guess: () => Guess, times: number): Promise<number[]> {
  const waits: number[] = [];
  for (let n = 0; n < times; n++) waits.push(await wait(guess()));
  return waits;
}

describe("tries at one account", () => {
  test("five are free, then each waits twice as long as the one before, up to a minute, for all processes", async () => {
    expect(await use(() => at("lin"), 5)).toEqual([0, 0, 0, 0, 0]);
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      waits.push(await wait(at("lin"), neighbour));
      pass(waits.at(-1) ?? 0);
      expect(await wait(at("lin"), n % 2 === 0 ? guessing : neighbour)).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(await wait(at("chen"))).toBe(0);
  });

  test("a try that has to wait is not counted: who asks too early does not wait longer for it", async () => {
    await use(() => at("lin"), 55);
    pass(1);
    expect(await wait(at("lin"))).toBe(0);
    expect(await wait(at("lin"))).toBe(2);
  });

  test("a hundred at once are five, from whatever process; then one at a time", async () => {
    const all = Array.from({ length: 100 }, (_, n) => wait(at("lin"), n % 2 === 0 ? guessing : neighbour));
    expect((await Promise.all(all)).filter((seconds) => seconds === 0)).toHaveLength(5);
    pass(60);
    const later = Array.from({ length: 50 }, () => wait(at("lin")));
    expect((await Promise.all(later)).filter((seconds) => seconds === 0)).toHaveLength(1);
  });

  test("who got in, or has not tried for a quarter of an hour, begins anew", async () => {
    await use(() => at("lin"), 5);
    await guessing.succeeded(at("lin"));
    expect(await use(() => at("lin"), 5)).toEqual([0, 0, 0, 0, 0]);
    pass(15 * 60);
    expect(await use(() => at("lin"), 5)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("a browser that the person has used before", () => {
  test("is not slowed down by what the rest of the world guesses, nor by its address", async () => {
    await use(() => at("lin"), 20);
    await use(() => at("others", { share: "office" }), 50);
    const known = () => at("lin", { device: "her laptop", share: "office" });
    expect(await use(known, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(await wait(known())).toBe(1);
    expect(await wait(at("lin", { device: "her telephone" }))).toBe(0);
  });

  test("getting in there does not give the rest of the world new tries", async () => {
    await use(() => at("lin"), 6);
    await guessing.succeeded(at("lin", { device: "her laptop" }));
    expect(await wait(at("lin"))).toBe(1);
  });
});

describe("tries from one address", () => {
  test("are thirty a minute over all accounts, and take nothing from another address", async () => {
    let name = 0;
    const from = (share: string) => () => {
      name += 1;
      return at(`account ${name}`, { share });
    };
    expect(await use(from("here"), 30)).toEqual(Array(30).fill(0));
    pass(20);
    expect(await use(from("here"), 3)).toEqual([40, 40, 40]);
    expect(await wait(from("here")(), neighbour)).toBe(40);
    expect(await wait(from("there")())).toBe(0);
    pass(40);
    expect(await wait(from("here")(), neighbour)).toBe(0);
  });

  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::6", "2001:db8:1:2::/64"],
    ["2001:db8::6", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["", "unknown"],
  ])("%s counts as %s", (given, share) => {
    expect(shareOf(given)).toBe(share);
  });
});

test("what cannot be counted is not tried: an outage of the database opens no door", async () => {
  const away = new pg.Pool({ host: "127.0.0.1", port: 1, user: "nobody", database: "none" });
  await expect(new Guessing(away).begin(at("lin"))).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await away.end();
});
