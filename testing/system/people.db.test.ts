import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Invited, People, PersonActed, PersonSessions } from "#server/contracts/api/people.ts";
import type { ServerToClient } from "#server/contracts/live.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { runCli } from "../harness/run-cli.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** @module-tag slow
 * Administration over HTTP, with two systems on one database: what one is told holds in both within two seconds. */

const ADMIN = { email: "admin@people.test", password: "an administrator's password" };
const PASSWORD = "four words nobody guesses";
const KEY = "people-key-0123456789abcdef0123456";
const CLOSED_MS = 2_000;
const REASON = "a test of administration";

let postgres: TestServer;
let dataDir: string;
let environment: Record<string, string>;
let systems: RealServer[];
let admin: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  postgres = await startTestServer("own");
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-people-"));
  await chmod(dataDir, 0o755);
  environment = { DATABASE_URL: await postgres.freshDatabase(), INIT_API_KEY: KEY };
  const initial = { INIT_ADMIN_EMAIL: ADMIN.email, INIT_ADMIN_PASSWORD: ADMIN.password };
  systems = [];
  for (let count = 0; count < 2; count += 1) {
    systems.push(await startRealServer(dataDir, { ...environment, ...initial }));
  }
  admin = await signIn(ADMIN.email, ADMIN.password);
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await Promise.all(systems.map((system) => system.stop()));
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const first = (): string => systems[0]?.address ?? "";

async function call<T>(
  path: string,
  body?: object,
  cookie = admin,
  method = body ? "POST" : "GET",
): Promise<T> {
  const answer = await fetch(`${first()}${path}`, {
    method,
    headers: { "content-type": "application/json", origin: first(), cookie },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as T;
}

async function signIn(email: string, password: string): Promise<string> {
  const answer = await fetch(`${first()}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: first() },
    body: JSON.stringify({ email, password }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
}

/** Sockets of one session, one at each system; told once they are closed. */
async function listen(cookie: string): Promise<{ topics: string[][]; closed: Promise<number> }> {
  const opened = await Promise.all(systems.map(({ address }) => listenAt(address, cookie)));
  return {
    topics: opened.map(({ topics }) => topics),
    closed: Promise.all(opened.map(({ closed }) => closed)).then((times) => Math.max(...times)),
  };
}

async function listenAt(address: string, cookie: string) {
  const socket = io(address, {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie, origin: address },
  });
  sockets.push(socket);
  const topics = await new Promise<string[]>((resolve, reject) => {
    socket.once("connect", () => socket.emit("resume", {}));
    socket.once("connect_error", reject);
    socket.once("welcome", (message: Parameters<ServerToClient["welcome"]>[0]) =>
      resolve([...message.topics]),
    );
  });
  const closed = new Promise<number>((resolve) => socket.once("disconnect", () => resolve(Date.now())));
  return { topics, closed };
}

/** Invites somebody, who uses the link. @returns their id */
async function letIn(name: string, role: string): Promise<{ id: string; email: string }> {
  const email = `${name.toLowerCase()}@people.test`;
  const { link } = await call<Invited>("/api/v1/people/invitations", { name, email, role, reason: REASON });
  expect(link.mail).toBe("none");
  const token = new URL(link.url).searchParams.get("token");
  expect(new URL(link.url).origin).toBe(first());
  await call("/api/invitation", { token, password: PASSWORD }, "");
  const { items } = await call<People>("/api/v1/people");
  const made = items.find((person) => person.email === email);
  expect(made).toMatchObject({ name, role, state: "active", lastSignInAt: null });
  return { id: made?.id ?? "", email };
}

/** These customers give up nearly all of their cover. */
async function drop(...users: string[]): Promise<void> {
  const rows = users.map((user) => ({
    id: user,
    now_premium: "1.00",
    gmt_modified: Date.now(),
    open_id: "o",
    now_info: "term",
  }));
  const answer = await fetch(`${first()}/ingest/premium-changes`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify(rows),
  });
  expect(answer.status).toBe(200);
}

const statusAt = async (system: RealServer | undefined, cookie: string, path = "/api/v1/session") =>
  (await fetch(`${system?.address}${path}`, { headers: { cookie } })).status;

test("a session that is ended, and a role that is changed, close sockets at every process within two seconds", async () => {
  const { id, email } = await letIn("Song", "manager");
  const [lost, kept] = [await signIn(email, PASSWORD), await signIn(email, PASSWORD)];
  const before = await call<PersonSessions>(`/api/v1/people/${id}/sessions`);
  expect(before.items).toHaveLength(2);
  const own = await fetch(`${first()}/api/v1/session`, { headers: { cookie: lost } });
  expect(own.status).toBe(200);
  const [ending, going] = [await listen(lost), await listen(kept)];
  let isGoing = true;
  void going.closed.then(() => {
    isGoing = false;
  });

  // Which of the two is whose shows in the database alone: the older one was opened first.
  const oldest = before.items.toSorted((a, b) => a.since.localeCompare(b.since))[0];
  const path = `/api/v1/people/${id}/sessions/${oldest?.id}/end`;
  const acted = await call<PersonActed>(path, { reason: REASON });
  const at = Date.now();
  expect(acted).toMatchObject({ email, sessions: 1, link: null });
  for (const system of systems) expect(await statusAt(system, lost)).toBe(401);
  expect((await ending.closed) - at).toBeLessThan(CLOSED_MS);
  expect(isGoing, "the other session goes on").toBe(true);

  expect(going.topics[0]).toContain("retention");
  await call(`/api/v1/people/${id}/role`, { role: "operations", reason: REASON });
  const changed = Date.now();
  expect((await going.closed) - changed).toBeLessThan(CLOSED_MS);
  for (const system of systems) {
    expect([await statusAt(system, kept), await statusAt(system, kept, "/api/v1/retention/counts")]).toEqual([
      200, 403,
    ]);
  }
  expect((await listen(kept)).topics).toEqual([
    ["orders", "audience", "pipeline"],
    ["orders", "audience", "pipeline"],
  ]);
});

test("a disabled person is out everywhere; a link to another password lets in once", async () => {
  const { id, email } = await letIn("Tang", "operations");
  const cookie = await signIn(email, PASSWORD);
  const open = await listen(cookie);
  const { link } = await call<PersonActed>(`/api/v1/people/${id}/reset`, { reason: REASON });
  const at = Date.now();
  expect((await open.closed) - at).toBeLessThan(CLOSED_MS);
  const token = new URL(link?.url ?? "").searchParams.get("token");
  await call("/api/reset", { token, password: `${PASSWORD} anew` }, "");
  const again = await listen(await signIn(email, `${PASSWORD} anew`));
  await call(`/api/v1/people/${id}/disable`, { reason: REASON });
  const disabled = Date.now();
  expect((await again.closed) - disabled).toBeLessThan(CLOSED_MS);
  const refused = await fetch(`${first()}/api/reset`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: first(), "accept-language": "zh" },
    body: JSON.stringify({ token, password: PASSWORD }),
  });
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    403,
    "此链接已被使用、已被替换或已过期，请向发送者索取新的链接。",
  ]);
});

test("a manager with a data scope sees nothing else, from the moment on at which they have it", async () => {
  const { id, email } = await letIn("Pei", "manager");
  const cookie = await signIn(email, PASSWORD);
  for (const [userId, segment] of [
    ["9001", "east"],
    ["9002", "west"],
    ["9003", null],
  ] as const) {
    await call("/api/v1/key-users", { userId, rawPremium: "1000.00", segment });
  }
  const open = await listen(cookie);
  await call(`/api/v1/people/${id}/scope`, { segments: ["east"], reason: REASON });
  const at = Date.now();
  expect((await open.closed) - at).toBeLessThan(CLOSED_MS);

  const socket = io(first(), {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie, origin: first() },
  });
  sockets.push(socket);
  const heard: string[] = [];
  socket.on("patch", (topic: string, patch: object) => {
    if (topic !== "orders" && topic !== "audience") heard.push(JSON.stringify([topic, patch]));
  });
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  await drop("9001", "9002", "9003");
  await expect.poll(() => heard.some((text) => text.includes("9001"))).toBe(true);
  for (const other of ["9002", "9003"]) expect(heard.join("\n")).not.toContain(other);

  const read = async (path: string) => JSON.stringify(await call(path, undefined, cookie));
  for (const path of ["/api/v1/key-users", "/api/v1/retention/cases", "/api/v1/retention/occurrences"]) {
    const told = await read(path);
    expect(told, path).toContain("9001");
    for (const other of ["9002", "9003"]) expect(told, path).not.toContain(other);
  }
  expect(JSON.parse(await read("/api/v1/retention/counts"))).toMatchObject({ open: 1 });
  const all = await call<{ items: { id: string; userId: string }[] }>("/api/v1/retention/cases");
  const other = all.items.find(({ userId }) => userId === "9002");
  for (const path of [
    `/api/v1/retention/cases/${other?.id}`,
    `/api/v1/retention/cases/${other?.id}/history`,
    `/api/v1/retention/cases/${other?.id}/last-page`,
    "/api/v1/key-users/9002",
    "/api/v1/key-users/9002/history",
  ]) {
    expect([path, await statusAt(systems[0], cookie, path)]).toEqual([path, 404]);
  }
  const csv = await fetch(`${first()}/api/v1/key-users/export`, { headers: { cookie } });
  expect((await csv.text()).trim().split("\n")).toHaveLength(2);
  const claim = await fetch(`${first()}/api/v1/retention/cases/${other?.id}/claim`, {
    method: "POST",
    headers: { cookie, origin: first(), "if-match": '"1"' },
  });
  expect(claim.status).toBe(404);
});

test("an act without a reason is refused; the administrator's own cannot be the last to go", async () => {
  const { items } = await call<People>("/api/v1/people");
  const own = items.find(({ email }) => email === ADMIN.email);
  const post = (body: object) =>
    fetch(`${first()}/api/v1/people/${own?.id}/disable`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: first(), cookie: admin },
      body: JSON.stringify(body),
    });
  expect((await post({})).status).toBe(400);
  expect((await post({ reason: "  " })).status).toBe(400);
  expect((await post({ reason: REASON })).status).toBe(409);
});

test("the command line invites, shows sessions and ends one under the same rules", async () => {
  const cli = (...args: string[]) => runCli(args, { DATA_DIR: dataDir, ...environment }, "");
  const given = ["--email", "wu@people.test", "--name", "Wu", "--role", "manager", "--reason", REASON];
  const invited = await cli("user", "invite", ...given);
  expect(invited, invited.error).toMatchObject({ code: 0 });
  const token = /\/invitation\?token=([\w-]+)/.exec(invited.out)?.[1] ?? "";
  expect((await cli("user", "list")).out).toMatch(/^wu@people\.test {2}- {2}manager {2}invited until /m);
  await call("/api/invitation", { token, password: PASSWORD }, "");
  const cookie = await signIn("wu@people.test", PASSWORD);
  const open = await listen(cookie);
  const [id = ""] = /^\S+(?= {2})/m.exec((await cli("user", "sessions", "wu@people.test")).out) ?? [];
  const ended = await cli("user", "end-session", "wu@people.test", id, "--reason", REASON);
  const at = Date.now();
  expect(ended, ended.error).toMatchObject({ code: 0 });
  expect((await open.closed) - at).toBeLessThan(CLOSED_MS);
  expect(await statusAt(systems[1], cookie)).toBe(401);
  const reset = await cli("user", "reset", "wu@people.test", "--reason", REASON);
  expect(reset.out).toMatch(/\/reset\?token=[\w-]+/);
  const silent = await cli("user", "end-session", "wu@people.test", id);
  expect([silent.code, silent.error]).toEqual([1, expect.stringContaining("--reason")]);
});
