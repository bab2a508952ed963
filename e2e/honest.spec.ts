import { expect, test } from "./support/fixtures.ts";
import { API_KEY, makePeople, PASSWORD } from "./support/people.ts";
import { startServer } from "./support/server.ts";
import { cuttable } from "./support/sockets.ts";

/** The board while something is away: its connection, or the source of its data (rule C14). */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ZONE_MS = 8 * HOUR_MS;

test("offline, every part stays at one instant that is named, and is dimmed; back again, it is right by itself", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  const send = (number: number) =>
    sender.post("orders", [
      {
        id: 983_000 + number,
        order_no: `E2E-AWAY-${number}`,
        gmt_modified: Date.now(),
        account_payble: "7000.00",
      },
    ]);
  const tiles = page.getByRole("region", { name: "Totals of the day" });
  await send(0);
  await signIn(page, "operations");
  const sockets = await cuttable(page);
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live")).toBeVisible();
  const shown = await tiles.textContent();
  sockets.cut();
  await expect(page.getByText(/since \d\d:\d\d/)).toBeVisible({ timeout: 20_000 });
  await expect(tiles).toHaveAttribute("data-stale", "true", { timeout: 20_000 });
  await send(1);
  const charts = page.getByRole("slider");
  await expect(charts).toHaveCount(3);
  for (const chart of await charts.all()) {
    expect(await chart.evaluate((element) => element.closest("[data-stale=true]") !== null)).toBe(true);
  }
  expect(await tiles.textContent()).toBe(shown);
  sockets.restore();
  await expect(tiles).not.toHaveAttribute("data-stale", { timeout: 20_000 });
  await expect.poll(() => tiles.textContent()).not.toBe(shown);
});

test("a source that has stopped is amber while the connection is well", async ({ page }) => {
  const minutesOfDay = ((Date.now() + ZONE_MS) % (24 * HOUR_MS)) / MINUTE_MS;
  test.skip(minutesOfDay < 20, "a day that has just begun has no order of twenty minutes ago");
  const server = await startServer({ INIT_API_KEY: API_KEY });
  try {
    await makePeople(server);
    const answer = await fetch(`${server.url}/ingest/orders`, {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify([
        { id: 1, order_no: "OLD", gmt_modified: Date.now() - 19 * MINUTE_MS, account_payble: "5" },
      ]),
    });
    expect(answer.ok).toBe(true);
    await page.request.post(`${server.url}/api/auth/sign-in/email`, {
      headers: { origin: server.url },
      data: { email: "ops@example.test", password: PASSWORD },
    });
    await page.goto(`${server.url}/orders`);
    await expect(page.getByText("Live")).toBeVisible();
    const age = page.getByText("data 19 min old");
    await expect(age).toBeVisible();
    await expect(age).toHaveCSS("color", "rgb(161, 92, 0)");
  } finally {
    await server.stop();
  }
});

test("the board prints on one page, without rail, ribbon and buttons", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await sender.post("orders", [
    { id: 984_001, order_no: "E2E-PRINT", gmt_modified: Date.now(), account_payble: "12.00" },
  ]);
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByRole("slider")).toHaveCount(3);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Screens" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Pause" })).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
