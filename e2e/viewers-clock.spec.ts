import { setClockWrong } from "./support/clocks.ts";
import { expect, test } from "./support/fixtures.ts";

/** The viewer's clock decides no figure (rule C14). */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
/** Of a time in the business zone of these specs, Asia/Shanghai, read off UTC's fields. */
const inZone = (ms: number) => new Date(ms + ZONE_MS);

for (const { name, by } of [
  { name: "a day behind", by: -DAY_MS },
  { name: "90 minutes ahead", by: 90 * MINUTE_MS },
]) {
  test(`a viewer's clock ${name}: today, the open hour and the minute are the server's`, async ({
    page,
    url,
    signIn,
    sender,
  }) => {
    await sender.post("orders", [
      { id: 970_001, order_no: "E2E-CLOCK", gmt_modified: Date.now(), account_payble: "12.00" },
    ]);
    await setClockWrong(page, by);
    await signIn(page, "operations");
    const asked: URL[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/orders/comparison")) asked.push(new URL(request.url()));
    });
    const before = inZone(Date.now());
    await page.goto(`${url}/orders?view=table`);
    await expect(page.getByText("Live")).toBeVisible();
    await expect(page.getByText("Premium today, CNY")).toBeVisible();
    const hour = `${String(before.getUTCHours()).padStart(2, "0")}:00`;
    await expect(page.getByRole("row").filter({ hasText: "partial" })).toContainText(hour);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    const today = before.toISOString().slice(0, 10);
    const minute = before.getUTCHours() * 60 + before.getUTCMinutes();
    for (const { searchParams } of asked) {
      expect(searchParams.get("date")).toBe(today);
      expect(Math.abs(Number(searchParams.get("minute")) - minute)).toBeLessThanOrEqual(1);
    }
  });
}
