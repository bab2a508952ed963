import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

const KEY = "absence-test-key-0123456789abcdef";
const ADMIN = { email: "admin@absence.test", password: "a long enough password" };

let postgres: TestServer;
let server: RealServer;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-absence-"));
  await chmod(dataDir, 0o755);
  postgres = await startTestServer("own");
  server = await startRealServer(dataDir, {
    DATABASE_URL: await postgres.freshDatabase(),
    INIT_API_KEY: KEY,
    INIT_ADMIN_EMAIL: ADMIN.email,
    INIT_ADMIN_PASSWORD: ADMIN.password,
  });
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function signIn(): Promise<Response> {
  return fetch(`${server.address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address },
    body: JSON.stringify(ADMIN),
  });
}

test("while the database is away, readers are told to come again: people and machines alike", async () => {
  const cookie = (await signIn()).headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const credentials: Record<string, string>[] = [{ cookie }, { authorization: `Bearer ${KEY}` }];
  const read = (headers: Record<string, string>) => fetch(`${server.address}/api/v1/key-users`, { headers });
  for (const headers of credentials) expect((await read(headers)).status).toBe(200);
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200);

  await postgres.stopAtOnce();

  for (const headers of credentials) {
    const answer = await read(headers);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: "unavailable" });
  }
  expect((await fetch(`${server.address}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
  expect((await signIn()).status).toBe(503);
});
