import { expect, test } from "./support/fixtures.ts";

/** A closed day: its late orders, taking them in, and who looks on meanwhile. */

const DAY_MS = 86_400_000;
/** Nine days ago at 10:05 in Asia/Shanghai: no other spec speaks of that day. */
const DATE = new Date(Date.now() + DAY_MS / 3 - 9 * DAY_MS).toISOString().slice(0, 10);
const HOUR = `${DATE.replaceAll("-", "")}10`;
const late = {
  gmt_modified: Date.parse(`${DATE}T10:05:00+08:00`),
  account_payble: "4321.00",
  customer_tel: null,
};

test("late orders are shown with their effect and applied; an open board follows, the drawer tells why", async ({
  browser,
  page,
  url,
  sender,
  signIn,
}) => {
  await sender.post("orders", [{ ...late, id: 960_001, order_no: "LATE-1" }]);
  const looker = await (await browser.newContext({ locale: "en-US" })).newPage();
  await signIn(looker, "operations");
  await looker.goto(`${url}/orders?date=${DATE}`);
  await expect(looker.getByRole("button", { name: /^Closed · revision 1/ })).toBeVisible();

  await signIn(page, "administrator");
  await page.goto(`${url}/orders?date=${DATE}`);
  await page.getByRole("button", { name: /^Closed · revision 1/ }).click();
  const drawer = page.getByRole("dialog", { name: `${DATE} is closed` });
  await expect(drawer.getByText(/1 order came after the close/)).toBeVisible();
  await expect(drawer.getByText(/0\.00 → 4,321\.00/).first()).toBeVisible();
  await drawer.getByLabel("Reason").fill("the shop was offline");
  await drawer.getByRole("button", { name: "Apply as revision 2" }).click();
  await expect(drawer.getByText("the shop was offline")).toBeVisible();
  await expect(drawer.getByText("No order came after the close.")).toBeVisible();

  await expect(looker.getByRole("button", { name: /^Closed · revision 2/ })).toBeVisible();
  await expect(looker.getByRole("region", { name: "Totals of the day" })).toContainText("4,321.00");
  await drawer.getByRole("button", { name: "Show 1" }).click();
  await expect(page).toHaveURL(/revision=1/);

  await looker.goto(`${url}/orders?date=${DATE}&hour=${HOUR}`);
  const inspector = looker.getByRole("region", { name: "The hour 10:00–11:00" });
  await expect(inspector).toContainText("10:00 rose by 4,321.00: 1 came in");
  await expect(inspector.getByRole("listitem")).toContainText(/\+4,321\.00.*LATE-1/);
  await looker.context().addCookies([{ name: "locale", value: "zh", url }]);
  await looker.reload();
  await expect(looker.getByText("10:00 上升 4,321.00：1 笔进入")).toBeVisible();
  await looker.context().close();
});
