import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../server/db/embedded/embedded-postgres.ts";
import { answers, type Receiver, startReceiver, takes } from "../testing/harness/receiver.ts";
import { expect, signInAt, test } from "./support/fixtures.ts";
import { listKeyUser } from "./support/key-users.ts";
import { API_KEY } from "./support/people.ts";
import { startServer, type TestServer } from "./support/server.ts";

const ADMIN = { INIT_ADMIN_EMAIL: "notices@example.test", INIT_ADMIN_PASSWORD: "a long test password" };

let dir: string;
let postgres: EmbeddedPostgres;
let receiver: Receiver;
let server: TestServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  dir = await mkdtemp(join(tmpdir(), "tidewatch-notices-"));
  await chmod(dir, 0o755);
  [postgres, receiver] = await Promise.all([startEmbeddedPostgres(dir), startReceiver()]);
  server = await startServer({
    ...ADMIN,
    DATABASE_URL: postgres.url,
    INIT_API_KEY: API_KEY,
    NOTIFY_WEBHOOK_URL: receiver.url,
    NOTIFY_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
    NOTIFY_ALLOW_PRIVATE: "1",
  });
});
test.afterAll(async () => {
  await server.stop();
  receiver.close();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
});

test("thresholds are changed with a reason and count at once; a notice that was given up is sent again", async ({
  page,
}) => {
  await signInAt(server.url, page, ADMIN.INIT_ADMIN_EMAIL, ADMIN.INIT_ADMIN_PASSWORD);
  await page.goto(`${server.url}/key-users`);
  await page.getByRole("button", { name: "Thresholds" }).click();
  const dialog = page.getByRole("dialog", { name: "When a fall becomes a case" });
  await expect(dialog.getByText("came with the system")).toBeVisible();
  await dialog.getByLabel("One step, %").fill("5");
  await dialog.getByLabel("Cumulative, %").fill("5");
  await dialog.getByLabel("Reason").fill("winter campaign");
  await dialog.getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByText("The new thresholds are in force.")).toBeVisible();
  await page.getByRole("button", { name: "Thresholds" }).click();
  await expect(dialog.getByText("winter campaign")).toBeVisible();
  await page.keyboard.press("Escape");

  receiver.behave(answers(500));
  await listKeyUser(page, server.url, 853_001, "1000.00");
  await drop(853_001, "940.00"); // 6 %: nothing by the thresholds that came with the system
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await page.goto(`${server.url}/pipeline`);
  const row = page.getByRole("row", { name: /new case 853001 webhook/ });
  await expect(row).toContainText("on its way");

  await exhaust();
  await expect(row).toContainText("given up", { timeout: 30_000 });
  receiver.behave(takes);
  await row.getByRole("button", { name: "Send again: the notice of customer 853001" }).click();
  await expect(row).toContainText("delivered", { timeout: 30_000 });
  expect(new Set(receiver.received.map(({ key }) => key)).size).toBe(1); // one key for all attempts
});

async function drop(id: number, amount: string): Promise<void> {
  const response = await fetch(`${server.url}/ingest/premium-changes`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify([{ id, now_premium: amount, gmt_modified: Date.now() }]),
  });
  expect(response.ok, await response.text()).toBe(true);
}

/** All but one of the attempts are behind it, and the last is due: most of a day in a moment. */
async function exhaust(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query("UPDATE delivery SET attempts = 29, next_attempt_at = now()");
  await client.end();
}
