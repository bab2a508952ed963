import { once } from "node:events";
import { createServer } from "node:net";
import type { Page } from "@playwright/test";
import { CLIENT } from "../testing/harness/provider-client.ts";
import { startStrictProvider } from "../testing/harness/strict-provider.ts";
import { openAccountMenu } from "./support/account-menu.ts";
import { expect, test } from "./support/fixtures.ts";
import { makePeople } from "./support/people.ts";
import { seriousFaults } from "./support/serious-faults.ts";
import { startServer, type TestServer } from "./support/server.ts";

/** What the provider says of whoever signs in there. */
const PEOPLE = new Map([
  ["manager", { email: "manager@example.test", email_verified: true, groups: ["tw-managers"] }],
  ["stranger", { email: "stranger@example.test", email_verified: true, groups: ["staff"] }],
]);

let server: TestServer;
let provider: Awaited<ReturnType<typeof startStrictProvider>>;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const port = await freePort();
  // The provider sends browsers back to this address alone.
  const origin = `http://127.0.0.1:${port}`;
  provider = await startStrictProvider(PEOPLE, origin);
  server = await startServer({
    PORT: String(port),
    PUBLIC_URL: origin,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_ROLES: "tw-managers=manager",
    OIDC_SCOPES: "openid email profile groups",
    OIDC_NAME: "Harbour ID",
  });
  await makePeople(server);
});
test.afterAll(async () => {
  await server.stop();
  provider.stop();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}

async function signInAtProvider(page: Page, login: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Harbour ID" }).click();
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
}

test("in by the provider to the screen that was asked for, and out at both", async ({ page }) => {
  await page.goto(`${server.url}/key-users?q=7`);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  expect(await seriousFaults(page)).toEqual([]);
  await signInAtProvider(page, "manager");
  await expect(page).toHaveURL(/\/key-users\?q=7$/);
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(new RegExp(`^${provider.issuer}/`));
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page).toHaveURL(`${server.url}/sign-in`);
  await page.goto(`${server.url}/key-users`);
  await expect(page).toHaveURL(/\/sign-in/);
  // The provider's session has ended as well: it asks again.
  await page.getByRole("button", { name: "Sign in with Harbour ID" }).click();
  await expect(page.locator("input[name=login]")).toBeVisible();
});

test("whose groups have no role is told so, in both languages, and is not in", async ({ page }) => {
  await page.goto(`${server.url}/sign-in`);
  await signInAtProvider(page, "stranger");
  await expect(page.getByText("none of your groups has a role here")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page.getByText("您所属的组在此处都没有角色")).toBeVisible();
  await page.goto(`${server.url}/key-users`);
  await expect(page).toHaveURL(/\/sign-in/);
});
