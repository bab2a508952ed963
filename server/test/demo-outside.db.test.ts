import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../access/demo-people.ts";
import { type RealServer, startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";

/** A data folder that held a demo: its people, whose password everybody knows, get in nowhere else. */

const PASSWORD = "a long test password";
const LINK = /\/setup\?token=[\w-]+/;

let dataDir: string;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-demo-"));
  await chmod(dataDir, 0o755);
});
afterEach(() => server.stop());
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const start = async (demo: "0" | "1") => {
  server = await startRealServer(dataDir, { DEMO: demo, DEMO_SPEED: "1" });
};

function post(path: string, body: object, cookie = ""): Promise<Response> {
  return fetch(`${server.address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address, cookie },
    body: JSON.stringify(body),
  });
}
const signIn = (email: string, password: string) => post("/api/auth/sign-in/email", { email, password });
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
const statusOf = async (cookie: string) =>
  (await fetch(`${server.address}/api/v1/session`, { headers: { cookie } })).status;
/** What a page shows: its scripts carry all words there are. */
const page = async (path: string, language: string) => {
  const answer = await fetch(`${server.address}${path}`, { headers: { "accept-language": language } });
  return (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
};

let demoCookie: string;

test("in the demo its people sign in, and there is no link for a first administrator", async () => {
  await start("1");
  const answer = await signIn("admin@tidewatch.demo", DEMO_PASSWORD);
  expect(answer.status).toBe(200);
  demoCookie = cookieOf(answer);
  expect(await statusOf(demoCookie)).toBe(200);
  expect(server.output()).not.toMatch(LINK);
});

test("npm start on its folder refuses them and their sessions, says so in the log and on the sign-in page, and shows the link", async () => {
  await start("0");
  expect(await statusOf(demoCookie)).toBe(401);
  for (const { email, username } of DEMO_PEOPLE) {
    expect((await signIn(email, DEMO_PASSWORD)).status).toBe(401);
    const byName = await post("/api/auth/sign-in/username", { username, password: DEMO_PASSWORD });
    expect(byName.status).toBe(401);
  }
  expect(server.output()).toMatch(/holds a demo.*npm run demo.*user create/);
  expect(await page("/sign-in", "en")).toContain("holds a demo");
  expect(await page("/sign-in", "zh-CN")).toContain("此数据目录保存的是演示数据");

  const token = LINK.exec(server.output())?.[0].split("=")[1];
  const person = { token, name: "Ada", email: "ada@example.test", password: PASSWORD };
  expect((await post("/api/setup", person)).status).toBe(200);
  const ada = cookieOf(await signIn("ada@example.test", PASSWORD));
  expect(await statusOf(ada)).toBe(200);
  const wipe = await post("/api/v1/demo/wipe", {}, ada);
  expect([wipe.status, await wipe.json()]).toEqual([
    409,
    expect.objectContaining({ detail: expect.stringContaining("npm run demo") }),
  ]);
});

test("wiped in the running demo, nothing of it is left, and a real administrator stays", async () => {
  await start("1");
  const admin = cookieOf(await signIn("admin@tidewatch.demo", DEMO_PASSWORD));
  expect(await page("/sign-in", "en")).toContain("This is a demo");
  const wipe = await post("/api/v1/demo/wipe", {}, admin);
  expect([wipe.status, await wipe.json()]).toEqual([200, { wiped: true, setup: null }]);
  expect(await statusOf(admin)).toBe(401);
  expect((await signIn("admin@tidewatch.demo", DEMO_PASSWORD)).status).toBe(401);
  const signInPage = await page("/sign-in", "en");
  expect(signInPage).toContain("E-mail or user name");
  for (const word of ["This is a demo", "holds a demo", "Olivia Park", "Nobody has been made"])
    expect(signInPage).not.toContain(word);
  expect((await signIn("ada@example.test", PASSWORD)).status).toBe(200);
});

test("npm run demo on the wiped folder runs a real installation and says so", async () => {
  await start("1");
  expect((await signIn("admin@tidewatch.demo", DEMO_PASSWORD)).status).toBe(401);
  expect(server.output()).toMatch(/real installation.*another DATA_DIR/);
  const listed = await runCli(["user", "list"], { DATA_DIR: dataDir });
  expect(listed.out.trim().split("\n")).toHaveLength(1);
  expect(listed.out).toContain("ada@example.test");
});
