import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReplayedDeadLetters } from "#server/contracts/api/dead-letters.ts";
import type { FaultPoint } from "#server/lib/fault-points.ts";
import { streamCounts } from "../factories/dead-letter-harness.ts";
import { type RealServer, startRealServer, withDatabaseOf } from "../harness/real-server.ts";

/**
 * C9, C12: lines refused for a limit that was too tight are replayed once it is wider, while the server is killed with
 * SIGKILL around the commits of the replay. In the end each is in the log once, and each dead letter says so.
 */

const KEY = "dead-letters-kill-key-0123456789abcdef";
const ADMIN = { email: "admin@example.test", password: "a long test password" };
const COUNT = 1_000;
const AHEAD_MS = 1_800_000;
const DEATHS: readonly FaultPoint[] = process.env.LONG
  ? ["after-begin", "after-log", "before-commit", "after-commit", "before-answer", "after-commit"]
  : ["before-commit", "after-commit"];
/** Places where the commit, two hundred lines of it, stands already. */
const AFTER: readonly FaultPoint[] = ["after-commit", "before-answer"];

let dataDir: string;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-dead-letters-"));
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (environment: Readonly<Record<string, string>>): Promise<RealServer> =>
  startRealServer(dataDir, {
    INIT_API_KEY: KEY,
    INIT_ADMIN_EMAIL: ADMIN.email,
    INIT_ADMIN_PASSWORD: ADMIN.password,
    ...environment,
  });

async function signIn(): Promise<string> {
  const answer = await fetch(`${server.address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address },
    body: JSON.stringify(ADMIN),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

/** One request of "replay all"; null when the server died of it, or has died. */
async function replayPart(cookie: string, cursor: string | null): Promise<ReplayedDeadLetters | null> {
  const answer = await fetch(`${server.address}/api/v1/dead-letters/replays`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address, cookie },
    body: JSON.stringify({
      stream: "orders",
      code: "event_in_future",
      field: "gmt_modified",
      ...(cursor === null ? {} : { cursor }),
    }),
  }).catch(() => null);
  if (!answer) return null;
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as ReplayedDeadLetters;
}

test(`${DEATHS.length} deaths while a thousand lines are replayed: each counts once`, async () => {
  server = await start({});
  const now = Date.now();
  const lines = Array.from({ length: COUNT }, (_, n) =>
    JSON.stringify({
      id: String(n),
      order_no: `A${n}`,
      gmt_modified: now + AHEAD_MS,
      account_payble: "1.00",
    }),
  );
  const sent = await fetch(`${server.address}/ingest/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: lines.join("\n"),
  });
  expect(await sent.json()).toMatchObject({ received: COUNT, accepted: 0 });
  await server.stop();

  const wider = { MAX_FUTURE_SKEW_MS: String(2 * AHEAD_MS) };
  for (const point of DEATHS) {
    server = await start({ ...wider, FAULT_AT: `${point}:1` });
    expect(await replayPart(await signIn(), null), `it dies ${point}`).toBeNull();
    await server.ended;
  }
  server = await start(wider);
  const cookie = await signIn();
  let [cursor, left]: [string | null, number] = [null, 0];
  do {
    const part = await replayPart(cookie, cursor);
    left += part?.replayed ?? 0;
    cursor = part?.nextCursor ?? null;
  } while (cursor !== null);
  const stood = DEATHS.filter((point) => AFTER.includes(point)).length;
  expect(left, "the deaths after a commit left its two hundred done").toBe(COUNT - 200 * stood);
  await server.stop();

  await withDatabaseOf(dataDir, async (url) => {
    const pool = new pg.Pool({ connectionString: url });
    expect((await streamCounts(pool)).orders).toMatchObject({
      received: 2 * COUNT,
      accepted: COUNT,
      rejected: COUNT,
      replayed: COUNT,
      replayedRows: COUNT,
      logged: COUNT,
      sequence: COUNT,
    });
    const { rows } = await pool.query(
      "SELECT sum(policy_cnt)::int AS orders, sum(total_premium)::text AS sum FROM hour_figure",
    );
    expect(rows).toEqual([{ orders: COUNT, sum: `${COUNT}.00` }]);
    await pool.end();
  });
});
