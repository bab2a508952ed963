import { io } from "socket.io-client";
import type { ServerToClient } from "../server/contracts/live.ts";
import { expect, test } from "./support/fixtures.ts";
import { PASSWORD } from "./support/people.ts";

/** A role without the right sees neither the page, nor the data, nor the socket topic. */

test("operations see nothing of the retention desk", async ({ page, url, signIn, context }) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Retention" })).toHaveCount(0);

  await page.goto(`${url}/retention`);
  await expect(page.getByText("Not for your role")).toBeVisible();

  for (const path of ["/api/v1/retention/cases", "/api/v1/retention/counts", "/api/v1/key-users"]) {
    const answer = await page.request.get(`${url}${path}`);
    expect([path, answer.status()]).toEqual([path, 403]);
  }

  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const topics = await topicsOf(url, cookie);
  expect(topics).toEqual(["orders", "audience", "pipeline"]);
});

test("nobody gets a socket without a session, and no other site gets one at all", async ({ url }) => {
  await expect(topicsOf(url, "")).rejects.toThrow("unauthenticated");
  const foreign = await fetch(`${url}/live/?EIO=4&transport=polling`, {
    headers: { origin: "https://evil.example" },
  });
  expect(foreign.ok).toBe(false);
});

test("without signing in, pages lead to the sign-in and routes answer 401", async ({ page, url }) => {
  for (const path of ["/orders", "/retention", "/key-users", "/audience", "/pipeline", "/admin/audit"]) {
    await page.goto(`${url}${path}`);
    await expect(page).toHaveURL(/\/sign-in/);
    expect((await page.request.get(`${url}/api/v1/session`)).status()).toBe(401);
  }
});

test("a wrong password is refused in words, a right one lands on the role's own screen", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail or user name").fill("ops@example.test");
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  const field = () => page.getByRole("textbox", { name: "Password" }).boundingBox();
  const before = await field();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  expect(await field(), "the message moves nothing above it").toEqual(before);
});

test("who signs in lands on the address that was asked for, never on another site", async ({ page, url }) => {
  const signInAs = async (email: string) => {
    await page.getByLabel("E-mail or user name").fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await page.goto(`${url}/orders?date=2026-11-16&view=table`);
  await signInAs("ops@example.test");
  await expect(page).toHaveURL(`${url}/orders?date=2026-11-16&view=table`);

  await page.context().clearCookies();
  await page.goto(`${url}/retention/7`); // as a notice links it
  await signInAs("manager@example.test");
  await expect(page).toHaveURL(`${url}/retention?case=7`);
  await page.goto(`${url}/sign-in?to=%2Faudience`);
  await expect(page).toHaveURL(`${url}/audience`);

  await page.context().clearCookies();
  await page.goto(`${url}/sign-in?to=${encodeURIComponent("//evil.example/orders")}`);
  await signInAs("ops@example.test");
  await expect(page).toHaveURL(`${url}/orders`);
});

/** Topics that the server gives to the holder of this cookie. */
function topicsOf(url: string, cookie: string): Promise<readonly string[]> {
  const socket = io(url, {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie, origin: url },
  });
  return new Promise<readonly string[]>((resolve, reject) => {
    socket.on("connect", () => socket.emit("resume", {}));
    socket.on("welcome", (message: Parameters<ServerToClient["welcome"]>[0]) => resolve(message.topics));
    socket.on("connect_error", reject);
  }).finally(() => socket.disconnect());
}
