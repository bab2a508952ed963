import { expect, test } from "./support/fixtures.ts";
import { API_KEY } from "./support/people.ts";

const key = { authorization: `Bearer ${API_KEY}` };

/** A page view of now. */
function view(account: string, pageType: string, pageName: string, deviceId = "d1") {
  return {
    log_time: Date.now(),
    account_id: account,
    device_id: deviceId,
    bury_point_type: pageType,
    page_name: pageName,
  };
}

test("a page view appears among the people of now without a reload, and moves on with them", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await signIn(page, "manager");
  await page.goto(`${url}/audience`);
  await expect(page.getByRole("heading", { name: "Audience" })).toBeVisible();

  await sender.post("page-views", [view("900001", "e2e-quote", "Quote of a term life")]);
  const row = page.getByRole("row", { name: "e2e-quote Quote of a term life 1" });
  await expect(row).toBeVisible({ timeout: 5_000 });

  await sender.post("page-views", [view("900001", "e2e-claim", "Claim of a broken arm")]);
  await expect(page.getByRole("row", { name: "e2e-claim Claim of a broken arm 1" })).toBeVisible();
  await expect(row).toBeHidden();
});

test("an account's last pages are looked up, each device by itself, and the address can be shared", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await sender.post("page-views", [
    view("900002", "home", "Front page", "phone"),
    view("900002", "renew", "Renewal form", "tablet"),
  ]);
  await signIn(page, "operations");
  await page.goto(`${url}/audience`);
  const panel = page.locator("section", { hasText: "Look up an account" });
  await expect(async () => {
    await page.getByLabel("Account id").fill("900002");
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(panel.getByText("Renewal form")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(panel.getByText("Device phone")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("account")).toBe("900002");

  await page.goto(`${url}/audience?account=nobody`);
  await expect(page.getByText("No page of account nobody is known.")).toBeVisible();
});

test("programs read the same feature, one key or many, in the order of the keys (P4)", async ({
  request,
  url,
  sender,
}) => {
  await sender.post("page-views", [view("900003", "home", "Front page", "phone")]);
  const single = `${url}/api/v1/features/last-page?account_id=900003`;
  await expect
    .poll(async () => (await (await request.get(single, { headers: key })).json()).status)
    .toBe("PRESENT");
  const keys = [{ account_id: "nobody" }, { account_id: "900003", device_id: "phone" }];
  const batch = await request.post(`${url}/api/v1/features/last-page/batch`, {
    headers: key,
    data: { keys },
  });
  const { items } = (await batch.json()) as {
    items: { accountId: string; status: string; pageName: string }[];
  };
  expect(items.map(({ accountId, status, pageName }) => [accountId, status, pageName])).toEqual([
    ["nobody", "NOT_FOUND", null],
    ["900003", "PRESENT", "Front page"],
  ]);
});
