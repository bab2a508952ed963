import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import pg from "pg";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { type RealServer, startRealServer, withDatabaseOf } from "../harness/real-server.ts";

/**
 * Targets, security 12: planted names, telephones and certificate numbers are found in clear nowhere: not in a socket
 * frame, an answer, a metric, a line of the log or a row of the database.
 */

const CANARIES = ["金丝雀甲乙丙", "13955512345", "110101199003078888"] as const;
const KEY = "canary-test-key-0123456789abcdef";
const ADMIN = { email: "admin@canaries.test", password: "a long enough password" };

const NOW = Date.now();
const person = { customer_name: CANARIES[0], customer_tel: CANARIES[1], certificate_no: CANARIES[2] };
const order = (id: string, given: Record<string, unknown> = {}) => ({
  id,
  order_no: `N${id}`,
  gmt_modified: NOW - 60_000,
  account_payble: "100.00",
  ...person,
  ...given,
});
/** Good ones, one that replaces another, and every way to be refused with a person inside. */
const ORDERS = [
  order("1"),
  order("2"),
  order("2", { order_no: "N2b", gmt_modified: NOW - 30_000 }),
  order("3", { account_payble: person.customer_tel, gmt_modified: person.customer_tel }),
  order("4", { account_payble: `${person.customer_name} ${person.customer_tel}` }),
  order("5", { gmt_modified: person.certificate_no }),
  order("6", { customer_tel: { home: person.customer_tel } }),
  order("7", { customer_name: person.customer_name.repeat(3_000) }),
  order("8", { [person.customer_tel]: person.customer_name }),
  order(person.certificate_no.repeat(2)),
].map((line) => JSON.stringify(line));
/** Good ones, and lines with a person inside that are refused. */
const LIST = [
  ["id", "raw_premium", "raw_info", "customer_name", "customer_tel"],
  ["1", "1000.00", "gold", person.customer_name, person.customer_tel],
  ["2", "free", "", person.customer_name, person.customer_tel],
  ["3", "1000.00", "", person.customer_tel, person.customer_name],
  ["4", "1000.00", "", `${person.customer_name}*`, person.customer_tel],
];
const BROKEN = [
  `{"id":"9","customer_tel":"${person.customer_tel}`,
  person.certificate_no,
  `"${person.customer_name}"`,
];

let dataDir: string;
let server: RealServer;
let cookie: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-canaries-"));
  await chmod(dataDir, 0o755);
  server = await startRealServer(dataDir, {
    INIT_API_KEY: KEY,
    INIT_ADMIN_EMAIL: ADMIN.email,
    INIT_ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: "trace",
  });
  cookie = await signIn();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
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
    .map((each) => each.split(";")[0])
    .join("; ");
}

/** A socket of the administrator, who hears every topic; what it hears is kept as text. */
async function listen(): Promise<string[]> {
  const heard: string[] = [];
  const socket = io(server.address, {
    path: "/live",
    transports: ["websocket"],
    extraHeaders: { cookie, origin: server.address },
  });
  sockets.push(socket);
  socket.onAny((...message) => heard.push(JSON.stringify(message)));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  socket.emit("resume", {});
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return heard;
}

async function post(path: string, type: string, body: string): Promise<string> {
  const answer = await fetch(`${server.address}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": type },
    body,
  });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return text;
}

async function get(path: string): Promise<string> {
  const answer = await fetch(`${server.address}${path}`, { headers: { cookie } });
  const text = await answer.text();
  expect(answer.status, `${path}: ${text}`).toBe(200);
  return text;
}

/** The canaries as text, as PostgreSQL prints bytes, and as base64 at each of its three alignments. */
function disguises(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const inner = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [canary, JSON.stringify(canary).slice(1, -1), bytes.toString("hex"), ...inner];
}

function canariesIn(text: string): string[] {
  return CANARIES.flatMap(disguises).filter((needle) => text.includes(needle));
}

/** Every row of every table, as text; bytes also unpacked where they can be. */
async function dump(url: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const contents = new Map<string, string>();
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    contents.set(name, rows.map(({ row }) => row + unpacked(row)).join("\n"));
  }
  await client.end();
  return contents;
}

/** Bytes that are only compressed are as good as clear. */
function unpacked(row: string): string {
  const parts = row.match(/(?<=\\\\x)[0-9a-f]+/g) ?? [];
  return parts.map((hex) => text(Buffer.from(hex, "hex"))).join("");
}

function text(bytes: Buffer): string {
  const magic = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
  if (magic < 0) return bytes.toString("utf8");
  try {
    return zstdDecompressSync(bytes.subarray(magic)).toString("utf8");
  } catch {
    return bytes.toString("utf8"); // the four bytes stood there by chance
  }
}

const hour = new BusinessTime("Asia/Shanghai").hourOf(NOW - 30_000);
const date = `${hour.slice(0, 4)}-${hour.slice(4, 6)}-${hour.slice(6, 8)}`;
const ANSWERS = [
  `/api/v1/orders/hourly?date=${date}`,
  `/api/v1/orders/hourly.csv?date=${date}`,
  `/api/v1/orders/hours/${hour}/orders`,
  `/api/v1/orders/replaced?date=${date}`,
  "/api/v1/orders/moves",
  "/api/v1/dead-letters",
  "/api/v1/dead-letters/reasons",
  "/api/v1/retention/cases",
  "/api/v1/retention/occurrences",
  "/api/v1/key-users",
  "/api/v1/key-users?ids=1",
  `/api/v1/key-users?search=${encodeURIComponent(person.customer_name)}`,
  "/api/v1/key-users/1/history",
  "/api/v1/key-users/imports",
  "/api/v1/key-users/imports/1/rows",
  "/api/v1/audit",
  `/api/v1/key-users/export?search=${person.customer_tel}`,
  "/api/v1/pipeline",
  "/api/v1/audience/now",
  "/metrics",
];

test("planted personal data is in clear nowhere", async () => {
  expect(canariesIn(ORDERS.join("\n")).length, "the search finds what is there").toBeGreaterThanOrEqual(3);
  const heard = await listen();
  const list = LIST.map((cells) => cells.join(",")).join("\n");
  const imports = [
    await post("/api/v1/key-users/imports/rows?group=added", "text/csv", list),
    await post("/api/v1/key-users/imports/refused", "text/csv", list),
    await post("/api/v1/key-users/imports?skipRejected=true", "text/csv", list),
  ];
  expect(JSON.parse(imports[2] ?? "")).toMatchObject({ added: 1, rejected: { length: 3 } });
  const answers = [
    await post("/ingest/orders", "application/x-ndjson", [...ORDERS, ...BROKEN].join("\n")),
    await post(
      "/ingest/premium-changes",
      "application/x-ndjson",
      [
        { id: "1", now_premium: "500.00", gmt_modified: NOW },
        { id: "1", now_premium: person.customer_tel.concat("元"), gmt_modified: NOW },
        { id: person.customer_name, now_premium: "1", gmt_modified: NOW },
      ]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    ),
  ];
  expect(JSON.parse(answers[0] ?? "")).toMatchObject({ received: 13 });
  expect(JSON.parse(answers[1] ?? "")).toMatchObject({ received: 3, accepted: 1 });
  for (const topic of ["orders", "retention", "pipeline"]) {
    await expect.poll(() => heard.some((frame) => frame.startsWith(`["patch","${topic}"`))).toBe(true);
  }
  for (const path of ANSWERS) answers.push(await get(path));
  const deadLetters = JSON.parse(await get("/api/v1/dead-letters")) as { items: { id: string }[] };
  expect(deadLetters.items.length).toBeGreaterThan(0);
  for (const { id } of deadLetters.items) answers.push(await get(`/api/v1/dead-letters/${id}`));
  expect(answers.join("\n")).toContain(hour);
  await server.stop();

  expect(canariesIn([...imports, ...answers].join("\n")), "answers").toEqual([]);
  expect(canariesIn(heard.join("\n")), "socket frames").toEqual([]);
  expect(canariesIn(server.output()), "log").toEqual([]);
  const tables = await withDatabaseOf(dataDir, dump);
  expect([...tables.keys()]).toEqual(
    expect.arrayContaining(["event_log", "last_order", "dead_letter", "key_user"]),
  );
  expect(tables.get("dead_letter")).not.toBe("");
  for (const [name, content] of tables) expect(canariesIn(content), name).toEqual([]);
});
