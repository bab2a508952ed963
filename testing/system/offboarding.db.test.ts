import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, startRealServer, withDatabaseOf } from "../harness/real-server.ts";
import { runCli } from "../harness/run-cli.ts";

/** Somebody leaves: one command beside the running system, and within two seconds nothing of them is left in it. */

const ADMIN = { email: "admin@leave.test", password: "an administrator's password" };
const PASSWORD = "a long test password";
const TEMPORARY = "a temporary password";
const CLOSED_MS = 2_000;
const API_KEY = "offboarding-key-0123456789abcdef01";

let dataDir: string;
let server: RealServer;
const sockets: Socket[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-leave-"));
  await chmod(dataDir, 0o755);
  server = await startRealServer(dataDir, {
    INIT_ADMIN_EMAIL: ADMIN.email,
    INIT_ADMIN_PASSWORD: ADMIN.password,
    INIT_API_KEY: API_KEY,
  });
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const cli = (args: readonly string[], typed = "") => runCli(args, { DATA_DIR: dataDir }, typed);

async function make(name: string, role: string): Promise<string> {
  const email = `${name}@leave.test`;
  const args = ["user", "create", "--email", email, "--username", name, "--role", role, "--password-stdin"];
  const made = await cli(args, `${PASSWORD}\n`);
  expect(made, made.error).toMatchObject({ code: 0 });
  expect(made.out).not.toContain(PASSWORD);
  return email;
}

function signIn(email: string, password: string): Promise<Response> {
  return fetch(`${server.address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address },
    body: JSON.stringify({ email, password }),
  });
}

async function cookieOf(email: string, password = PASSWORD): Promise<string> {
  const answer = await signIn(email, password);
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
}

const statusOf = async (cookie: string, path = "/api/v1/session") =>
  (await fetch(`${server.address}${path}`, { headers: { cookie } })).status;

/** A connected socket, and when it is closed. */
async function listen(cookie: string): Promise<{ closed: Promise<number> }> {
  const socket = io(server.address, {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie, origin: server.address },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return { closed: new Promise((resolve) => socket.once("disconnect", () => resolve(Date.now()))) };
}

/** How long after the command the sockets were closed, ms. */
async function afterCommand(given: readonly string[], closed: readonly Promise<number>[], typed = "") {
  const done = await cli(given, typed);
  const at = Date.now();
  expect(done, done.error).toMatchObject({ code: 0 });
  return Math.max(...(await Promise.all(closed))) - at;
}

test("disable: API 401 at once, every socket closed within two seconds, no way back in", async () => {
  const email = await make("lin", "manager");
  const cookies = [await cookieOf(email), await cookieOf(email)];
  const open = await Promise.all(cookies.map(listen));
  const wrong = await signIn(email, "not the password");
  const done = cli(["user", "disable", "lin", "--reason", "left the company"]);
  expect((await done).code).toBe(0);
  const at = Date.now();
  for (const cookie of cookies) expect(await statusOf(cookie)).toBe(401);
  expect(Math.max(...(await Promise.all(open.map(({ closed }) => closed)))) - at).toBeLessThan(CLOSED_MS);
  const refused = await signIn(email, PASSWORD);
  expect([refused.status, await refused.json()]).toEqual([wrong.status, await wrong.json()]);
  expect((await cli(["user", "list"])).out).toMatch(
    /^lin@leave\.test {2}lin {2}manager {2}disabled since .*0 sessions/m,
  );
  expect((await cli(["user", "enable", "lin", "--reason", "came back"])).code).toBe(0);
  for (const cookie of cookies) expect(await statusOf(cookie)).toBe(401);
  expect((await signIn(email, PASSWORD)).status).toBe(200);
});

test("reset-password and sign-out: sessions and sockets end; a changed role closes sockets and keeps the session", async () => {
  const email = await make("he", "manager");
  const first = await cookieOf(email);
  const one = await listen(first);
  const reset = ["user", "reset-password", email, "--password-stdin", "--reason", "forgotten"];
  expect(await afterCommand(reset, [one.closed], `${TEMPORARY}\n`)).toBeLessThan(CLOSED_MS);
  expect([await statusOf(first), (await signIn(email, PASSWORD)).status]).toEqual([401, 401]);

  const second = await cookieOf(email, TEMPORARY);
  const two = await listen(second);
  const role = ["user", "set-role", "he", "--role", "operations", "--reason", "moved"];
  expect(await afterCommand(role, [two.closed])).toBeLessThan(CLOSED_MS);
  expect([await statusOf(second), await statusOf(second, "/api/v1/retention/counts")]).toEqual([200, 403]);

  const three = await listen(second);
  const out = ["user", "sign-out", "he", "--reason", "a laptop was lost"];
  expect(await afterCommand(out, [three.closed])).toBeLessThan(CLOSED_MS);
  expect(await statusOf(second)).toBe(401);
});

test("the last administrator stays; a reason is asked for; a password as an argument is refused and not repeated", async () => {
  const last = await cli(["user", "disable", ADMIN.email, "--reason", "left"]);
  expect([last.code, last.error]).toEqual([1, expect.stringContaining("last administrator")]);
  const silent = await cli(["user", "sign-out", ADMIN.email]);
  expect([silent.code, silent.error]).toEqual([1, expect.stringContaining("--reason")]);
  const long = await cli(["user", "sign-out", ADMIN.email, "--reason", "x".repeat(501)]);
  expect([long.code, long.error]).toEqual([1, expect.stringContaining("500")]);
  for (const verb of [
    ["create", "--email", "x@leave.test", "--role", "manager"],
    ["reset-password", "he"],
  ]) {
    const told = await cli(["user", ...verb, "--reason", "why", "--password", PASSWORD]);
    expect(told).toMatchObject({ code: 1, out: "" });
    expect(told.error).toContain("--password-stdin");
    expect(told.error).not.toContain(PASSWORD);
  }
});

test("every act stands in the audit log with who and why; no password and no key does; commands work without a server", async () => {
  const csv = { authorization: `Bearer ${API_KEY}` };
  const exported = await fetch(`${server.address}/api/v1/key-users/export?search=13955512345`, {
    headers: csv,
  });
  expect([exported.status, (await exported.text()).includes("raw_premium")]).toEqual([200, true]);
  await fetch(`${server.address}/api/v1/orders/hourly.csv?date=2026-11-22`, { headers: csv });
  await server.stop();
  const made = await cli(["api-key", "create", "--scope", "read", "--name", "bi"]);
  const key = made.out.trim();
  const [id = ""] = /\S+(?=.* bi$)/m.exec((await cli(["api-key", "list"])).out) ?? [];
  expect((await cli(["api-key", "revoke", id, "--reason", "lost"])).code).toBe(0);
  expect((await cli(["sql", "SELECT '13955512345' AS tel"])).code).toBe(0);
  expect((await cli(["backup", join(dataDir, "all.backup")])).code).toBe(0);
  expect((await cli(["user", "disable", "he", "--reason", "left"])).code).toBe(0);

  const rows = await withDatabaseOf(dataDir, async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ actor: string; action: string; row: string }>(
      "SELECT actor, action, t::text || d::text AS row FROM audit_entry t JOIN audit_detail d ON entry_id = id ORDER BY id",
    );
    await client.end();
    return rows;
  });
  const told = rows.map(({ actor, action }) => `${actor.replace(/^cli:.+/, "cli")} ${action}`);
  expect(told).toEqual(
    expect.arrayContaining([
      "system schema.migrate",
      "system api-key.create",
      "system person.create",
      "cli person.create",
      "cli person.disable",
      "cli person.enable",
      "cli person.reset-password",
      "cli person.set-role",
      "cli person.sign-out",
      "cli api-key.create",
      "cli api-key.revoke",
      "cli sql.read",
      "cli backup.make",
      expect.stringContaining(" key-users.export"),
      expect.stringContaining(" orders.export"),
    ]),
  );
  const text = rows.map(({ row }) => row).join("\n");
  for (const reason of ["left the company", "came back", "forgotten", "moved", "a laptop was lost", "lost"]) {
    expect(text).toContain(reason);
  }
  for (const secret of [PASSWORD, TEMPORARY, ADMIN.password, API_KEY, key, "13955512345"]) {
    expect(text, "what no audit row may hold").not.toContain(secret);
  }
});
