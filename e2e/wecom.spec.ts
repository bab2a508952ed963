import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { startWecom } from "../testing/harness/wecom-double.ts";
import { expect, test } from "./support/fixtures.ts";
import { makePeople, PASSWORD } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";
import { startServer, type TestServer } from "./support/server.ts";

/** People who sign in by WeCom, with a password or without one. */

let server: TestServer;
let wecom: Awaited<ReturnType<typeof startWecom>>;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  const origin = `http://127.0.0.1:${port}`;
  wecom = await startWecom(origin);
  wecom.members.set("LinWei", { name: "林薇" });
  server = await startServer({ PORT: String(port), PUBLIC_URL: origin, ...wecom.settings });
  await makePeople(server);
});
test.afterAll(async () => {
  await server.stop();
  wecom.stop();
});

async function cli(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["server/cli/main.ts", ...args], {
    env: { ...process.env, DATA_DIR: server.dataDir, PUBLIC_URL: server.url, ...wecom.settings },
  });
  return stdout;
}
/** Somebody who comes in by the link of an invitation, and has no password. */
async function comeInvited(page: Page, name: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.test`;
  wecom.members.set(name, { name });
  wecom.state.scans = name;
  const told = await cli("user", "invite", "--email", email, "--name", name, "--role", "manager");
  await page.goto(told.split("\n").find((line) => line.startsWith("http")) ?? "");
  await byWecom(page).click();
  await expect(page).toHaveURL(/\/retention/);
  return email;
}
const byWecom = (page: Page) => page.getByRole("button", { name: "Sign in with WeCom" });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Sign in again" });

test("whom nobody knows is told their id; an administrator joins it, and unjoins it again", async ({
  page,
  browser,
}) => {
  wecom.state.scans = "LinWei";
  await page.goto(`${server.url}/sign-in`);
  await byWecom(page).click();
  await expect(page.getByText("WeCom knows you as linwei")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page.getByText("企业微信中您的账号为 linwei")).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();

  const desk = await (await browser.newContext()).newPage();
  await desk.goto(`${server.url}/sign-in?to=/admin/people`);
  await desk.getByLabel("E-mail or user name").fill("admin@example.test");
  await desk.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await desk.getByRole("button", { name: "Sign in", exact: true }).click();
  await desk.getByText("Lin Wei").click();
  const panel = desk.getByRole("region", { name: "Lin Wei" });
  await panel.getByRole("button", { name: "Join…" }).click();
  const form = desk.getByRole("dialog");
  await form.getByLabel("User id there (账号), as WeCom's console shows it").fill("LinWei");
  await form.getByLabel("Reason, for the audit log").fill("she called me");
  expect(await seriousFaults(desk)).toEqual([]);
  await form.getByRole("button", { name: "Join", exact: true }).click();
  await expect(panel.getByText("WeCom")).toBeVisible();

  await byWecom(page).click();
  await expect(page).toHaveURL(/\/retention/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await panel.getByRole("button", { name: "Unjoin…" }).click();
  await desk.getByRole("dialog").getByLabel("Reason, for the audit log").fill("another one has the id now");
  await desk.getByRole("dialog").getByRole("button", { name: "Unjoin", exact: true }).click();
  await expect(panel.getByText("WeCom")).toBeHidden();
  await expect(dialog(page)).toBeVisible();
  await desk.context().close();
});

test("by the link of an invitation, without a password; a session that ends is followed by another in a window", async ({
  page,
}) => {
  const email = await comeInvited(page, "MoNew");

  // No password here, and a second factor without one.
  await page.goto(`${server.url}/me`);
  await expect(page.getByText("By WeCom. You have no password here.")).toBeVisible();
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("heading", { name: "Scan this with your app" })).toBeVisible();

  await page.goto(`${server.url}/me`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Mo Renamed");
  await cli("user", "sign-out", email, "--reason", "a test of sessions that end");
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByLabel("Password", { exact: true })).toBeHidden();
  expect(await seriousFaults(page)).toEqual([]);
  const opening = page.waitForEvent("popup");
  await dialog(page).getByRole("button", { name: "Sign in with WeCom" }).click();
  const opened = await opening;
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => opened.isClosed()).toBe(true);
  await expect(name).toHaveValue("Mo Renamed");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: /^Your account: Mo Renamed/ })).toBeVisible();
});

test("a refusal in the window leaves the page as it is", async ({ page }) => {
  const email = await comeInvited(page, "AnNew");
  await page.goto(`${server.url}/me`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("An Typed");
  await cli("user", "sign-out", email, "--reason", "a test of sessions that end");
  await expect(dialog(page)).toBeVisible();
  wecom.state.scans = null;
  const opening = page.waitForEvent("popup");
  await dialog(page).getByRole("button", { name: "Sign in with WeCom" }).click();
  const opened = await opening;
  await expect(opened.getByText("The sign-in at WeCom was broken off")).toBeVisible();
  await expect(dialog(page)).toBeVisible();
  wecom.state.scans = "AnNew";
  await byWecom(opened).click();
  await expect(dialog(page)).toBeHidden();
  await expect(name).toHaveValue("An Typed");
});
