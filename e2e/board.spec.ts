import type { Page, Request } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { API_KEY } from "./support/people.ts";

/** The operations board: what a day is compared with, what its address says, and opening hours on its charts. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_MS = 8 * HOUR_MS;
/** Of a time in the business zone of these specs, Asia/Shanghai, read off UTC's fields. */
const dateOf = (ms: number) => new Date(ms + ZONE_MS).toISOString().slice(0, 10);
const atNoonOf = (ms: number) => Date.parse(`${dateOf(ms)}T04:00:00Z`);

const tiles = (page: Page) => page.getByRole("region", { name: "Totals of the day" });
const charts = (page: Page) => page.getByRole("slider");

/** A day of a past month that no other spec speaks of, with one order at noon of it and of the days before it. */
const DAY = Date.now() - 40 * DAY_MS;
const AMOUNTS = { 0: "120.00", 1: "100.00", 7: "80.00", 14: "40.00" } as const;

// Replayed by the clock of its events: for the wall clock those days are long closed.
test.beforeEach(async ({ url }) => {
  const lines = Object.entries(AMOUNTS).map(([back, amount]) =>
    JSON.stringify({
      id: `98000${back}`,
      order_no: `E2E-WITH-${back}`,
      gmt_modified: atNoonOf(DAY - Number(back) * DAY_MS),
      account_payble: amount,
    }),
  );
  const answer = await fetch(`${url}/ingest/orders`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${API_KEY}`,
      "content-type": "application/x-ndjson",
      "tidewatch-clock": "event",
    },
    body: lines.toReversed().join("\n"),
  });
  expect(answer.ok, await answer.text()).toBe(true);
});

test("what a day is compared with is chosen in the head, is in the address and is remembered (O13)", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders?date=${dateOf(DAY)}`);
  await expect(tiles(page)).toContainText("+20.00 · +20.0 %");
  const compare = page.getByRole("combobox", { name: "Compare with" });
  await compare.selectOption("last-week");
  await expect(tiles(page)).toContainText("+40.00 · +50.0 %");
  await expect(page).toHaveURL(/with=last-week/);
  await compare.selectOption("average");
  await expect(tiles(page)).toContainText("+60.00 · +100.0 % on average of 2, 60.00");
  const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  expect(await (await page.request.get(`${url}${csv}`)).text()).toContain(",24:00,60.00,60.00,100.0,60.00,");
  await page.goto(`${url}/orders?date=${dateOf(DAY)}`);
  await expect(compare).toHaveValue("average");
  await compare.selectOption("any");
  const day = new Date(DAY - 14 * DAY_MS + ZONE_MS);
  const name = `${day.getUTCDate()} ${day.toLocaleString("en", { month: "long", timeZone: "UTC" })} ${day.getUTCFullYear()}`;
  const previous = page.locator("button[data-direction=previous]");
  await expect(previous).toBeVisible();
  if (day.getUTCMonth() !== new Date(DAY + ZONE_MS).getUTCMonth()) await previous.click();
  const cell = page.getByRole("button", { name, exact: true });
  await cell.click();
  await expect(tiles(page)).toContainText("+80.00 · +200.0 %");
  await expect(page).toHaveURL(new RegExp(`with=${dateOf(DAY - 14 * DAY_MS)}`));
});

const TOMORROW = dateOf(Date.now() + DAY_MS);

for (const { search, told } of [
  { search: "date=2026-02-30", told: "There is no day 2026-02-30" },
  { search: "date=1969-12-31", told: "There is no day 1969-12-31" },
  { search: "date=9999-12-31", told: "There is no day 9999-12-31" },
  { search: "date=2026-2-9", told: "There is no day 2026-2-9" },
  { search: `date=${TOMORROW}`, told: "has not begun" },
  { search: "date=2001-01-01", told: "before the first day with orders" },
  { search: "with=last-year", told: "cannot be compared with “last-year”" },
  { search: "hour=2026112299", told: "There is no business hour 2026112299" },
  { search: `date=${dateOf(DAY)}&revision=99`, told: "has no revision 99" },
  { search: `date=${dateOf(DAY)}&revision=zero`, told: "has no revision zero" },
]) {
  test(`an address that cannot be honoured is told, with a way back: ?${search} (case 24)`, async ({
    page,
    url,
    signIn,
  }) => {
    await signIn(page, "operations");
    const answer = await page.goto(`${url}/orders?${search}`);
    expect(answer?.status()).toBe(200);
    const notice = page.getByRole("status").filter({ hasText: told });
    await expect(notice).toBeVisible();
    await expect(tiles(page)).toContainText(/\d+\.\d\d/);
    await notice.getByRole("button", { name: "Show today" }).click();
    await expect(notice).toHaveCount(0);
    await expect(page).not.toHaveURL(/date=|revision=|with=|hour=/);
  });
}

for (const { width, hasTouch } of [
  { width: 1440, hasTouch: false },
  { width: 390, hasTouch: true },
]) {
  test(`a tap, a click and Enter open the hour that they point at, on all three charts, at ${width} px`, async ({
    browser,
    url,
    signIn,
  }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, hasTouch, locale: "en-US" });
    const page = await context.newPage();
    await signIn(page, "operations");
    const date = dateOf(DAY);
    for (const chart of [0, 1, 2]) {
      await page.goto(`${url}/orders?date=${date}`);
      const bars = charts(page).nth(chart);
      await bars.evaluate((element) => element.scrollIntoView({ block: "center" }));
      const box = await bars.boundingBox();
      if (!box) throw new Error("the chart is not there");
      // The middle of hour 12's place: nothing was there before.
      const [x, y] = [box.x + 56 + ((box.width - 64) / 24) * 12.5, box.y + box.height / 2];
      if (hasTouch) await page.touchscreen.tap(x, y);
      else await bars.dispatchEvent("click", { clientX: x, clientY: y });
      await expect(page).toHaveURL(new RegExp(`hour=${date.replaceAll("-", "")}12`));
    }
    await page.goto(`${url}/orders?date=${date}`);
    await charts(page).nth(1).focus();
    await page.keyboard.press("Home");
    for (let hour = 0; hour < 5; hour++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`hour=${date.replaceAll("-", "")}05`));
    await context.close();
  });
}

test("the browser's way back leads from a day to the day before it was chosen", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders?date=${dateOf(DAY)}`);
  await expect(charts(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Previous day" }).click();
  await expect(page).toHaveURL(new RegExp(`date=${dateOf(DAY - DAY_MS)}`));
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`date=${dateOf(DAY)}`));
  await expect(tiles(page)).toContainText("120.00");
});

test("one column is lit through the three charts, with the values of both days in place", async ({
  page,
  url,
  signIn,
}) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders?date=${dateOf(DAY)}&with=yesterday&show=last`);
  await charts(page).first().focus();
  await page.keyboard.press("End");
  for (let hour = 23; hour > 12; hour--) await page.keyboard.press("ArrowLeft");
  await expect(page.getByText("120.00 at 12", { exact: true })).toBeVisible();
  await expect(page.getByText("1 at 12", { exact: true })).toHaveCount(1);
  await expect(page.getByText(/100\.00, \+20\.00, \+20\.0 %/)).toBeVisible();
  expect(await page.locator("svg rect[height='100%']").count()).toBe(3);
});

test("paused, every part stays at the instant of the pause and says what waits; resumed, all of it is there (C14)", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  const send = (number: number, amount: string) =>
    sender.post("orders", [
      {
        id: 981_000 + number,
        order_no: `E2E-PAUSE-${number}`,
        gmt_modified: Date.now(),
        account_payble: amount,
      },
    ]);
  await send(0, "11.00");
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live")).toBeVisible();
  await expect(page.getByText(/data \d+\.?\d* s old/)).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  const shown = await tiles(page).textContent();
  await send(1, "5000.00");
  await send(2, "5000.00");
  await expect(page.getByText(/since \d\d:\d\d · 2 changes waiting/)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  expect(await tiles(page).textContent()).toBe(shown);
  await expect(tiles(page)).toHaveAttribute("data-stale", "true");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(tiles(page)).not.toHaveAttribute("data-stale");
  await expect.poll(() => tiles(page).textContent()).not.toBe(shown);
});

test("an answer that was on its way when the board was paused moves nothing; resumed, it is all there (C14)", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live")).toBeVisible();
  await expect(tiles(page)).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  const gate = Promise.withResolvers<void>();
  const asked = page.waitForRequest(/orders\/hourly\?/);
  await page.route(/orders\/hourly\?/, async (route) => {
    await gate.promise;
    await route.continue().catch(() => undefined); // the page may have broken it off
  });
  await page.getByRole("button", { name: "Resume" }).click(); // everything is read anew
  const isHeld = (request: Request) => request.url().includes("orders/hourly?");
  const ended = Promise.race([
    page.waitForEvent("requestfailed", isHeld),
    page.waitForEvent("requestfinished", isHeld),
  ]);
  await asked;
  await page.getByRole("button", { name: "Pause" }).click();
  const shown = await tiles(page).textContent();
  await sender.post("orders", [
    { id: 981_900, order_no: "E2E-HELD", gmt_modified: Date.now(), account_payble: "7000.00" },
  ]);
  await expect(page.getByText(/changes? waiting/)).toBeVisible();
  gate.resolve();
  await ended;
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 0)));
  expect(await tiles(page).textContent()).toBe(shown);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => tiles(page).textContent()).not.toBe(shown);
});

test("an order that moves: the hour that it left says what, why and by how much, with one sign (cases 11, 22)", async ({
  page,
  url,
  signIn,
  sender,
}) => {
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  test.skip(
    new Date(hour + ZONE_MS).getUTCHours() === 0,
    "in the first hour of a day there is none that an order could leave",
  );
  const earlier = Math.max(hour - HOUR_MS / 2, Date.parse(`${dateOf(Date.now())}T00:00:00+08:00`));
  const send = (order_no: string, at: number, amount: string) =>
    sender.post("orders", [{ id: 982_001, order_no, gmt_modified: at, account_payble: amount }]);
  await send("E2E-NEG-1", earlier, "-3.335");
  await send("E2E-NEG-2", Date.now() - 1, "-7");
  await signIn(page, "operations");
  await page.goto(`${url}/orders`);
  const moves = page.getByRole("region", { name: "What moved" });
  await expect(moves).not.toContainText(/[+−-]{2}/);
  const bizHour = new Date(earlier + ZONE_MS).toISOString().replace(/\D/g, "").slice(0, 10);
  await page.goto(`${url}/orders?hour=${bizHour}`);
  const inspector = page.getByRole("region", { name: /^The hour/ });
  await expect(inspector).toContainText("+3.34");
  await expect(inspector).not.toContainText(/[+−-]{2}/);
  await page.keyboard.press("ArrowRight");
  await expect(page).not.toHaveURL(new RegExp(`hour=${bizHour}`));
  await page.keyboard.press("Escape");
  await expect(inspector).toHaveCount(0);
});

test("code that cannot be loaded says so and tries again", async ({ page, url, signIn }) => {
  await signIn(page, "operations");
  await page.goto(`${url}/orders?date=${dateOf(DAY)}`);
  await expect(charts(page)).toHaveCount(3);
  await page.route(/\.js/, (route) => route.abort());
  await charts(page).first().focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const told = page.getByText("This part of the page could not be loaded. Is the connection there?");
  await expect(told).toBeVisible();
  await page.unroute(/\.js/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "The hour 00:00–01:00" })).toBeVisible();
});
