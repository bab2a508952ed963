import type { Page } from "@playwright/test";
import type { PipelineStatus } from "../server/contracts/api/pipeline.ts";
import { expect, test } from "./support/fixtures.ts";
import { seriousFaults } from "./support/serious-faults.ts";

const STREAM_PATHS = {
  orders: "orders",
  premium_changes: "premium-changes",
  page_views: "page-views",
} as const;

test("what was refused is told with its reason, never with its content, and the sum stays whole", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await signIn(page, "administrator");
  await page.goto(`${url}/pipeline`);
  await expect(page.getByRole("heading", { name: "Pipeline" })).toBeVisible();

  const secret = "13712345678";
  const now = Date.now();
  const { received, accepted } = await sender.post("premium-changes", [
    { id: "900004", now_premium: "100.00", gmt_modified: now },
    { id: "900004", now_premium: `not an amount ${secret}`, gmt_modified: now },
  ]);
  expect([received, accepted]).toEqual([2, 1]);

  await expect(
    page.getByRole("row", { name: /Premium changes bad_amount now_premium 2 / }).first(),
  ).toBeVisible();
  await page.getByRole("combobox", { name: "Stream" }).click();
  await page.getByRole("option", { name: "Orders" }).click();
  await expect(page.getByRole("cell", { name: "Premium changes" })).toHaveCount(0);
  await expect(page.getByText(/^([\d,]+) = \1 received$/)).toHaveCount(3);
  expect(await page.content()).not.toContain(secret);
});

const receivedOf = ({ streams }: PipelineStatus) => streams.reduce((sum, { received }) => sum + received, 0);

/** Lines received by what the newest patch of the pipeline said; 0 before the first. */
function receivedByPatches(page: Page): () => number {
  let newest = 0;
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const [, topic, patch] = /^42(\["patch",.*)$/s.test(String(payload))
        ? JSON.parse(String(payload).slice(2))
        : [];
      if (topic === "pipeline") newest = receivedOf(patch.body);
    }),
  );
  return () => newest;
}

test("a line refused while the page was being read is shown all the same", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await signIn(page, "administrator");
  const received = receivedByPatches(page);
  const refuse = async () => {
    await sender.post("premium-changes", [{ id: "900005", now_premium: "much", gmt_modified: 1 }, { id: 1 }]);
    const answer = await page.request.get(`${url}/api/v1/pipeline`);
    const now = receivedOf((await answer.json()) as PipelineStatus);
    await expect.poll(received).toBeGreaterThanOrEqual(now);
  };
  let refused: Promise<void> | null = null;
  await page.route("**/api/v1/dead-letters?*", async (route) => {
    const response = await route.fetch();
    refused ??= refuse();
    await refused;
    await route.fulfill({ response });
  });
  await page.goto(`${url}/pipeline`);
  await expect(
    page.getByRole("row", { name: /Premium changes missing_field now_premium 2 / }).first(),
  ).toBeVisible();
});

test("a stream's figures follow what is sent without a reload", async ({ page, url, sender, signIn }) => {
  await signIn(page, "operations");
  await page.goto(`${url}/pipeline`);
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Page views" }) });
  const sum = card.getByText(/received$/);
  await expect(sum).toBeVisible();
  const before = await sum.textContent();
  await sender.post("page-views", [{ log_time: Date.now(), account_id: null }]);
  await expect(sum).not.toHaveText(before ?? "", { timeout: 5_000 });
});

test("more findings than fit are reached by keyboard, and the panels below stay where they are", async ({
  page,
  url,
  sender,
  signIn,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "administrator");
  await page.goto(`${url}/pipeline`);
  const stream = page.getByRole("heading", { name: "Page views" });
  await expect(stream).toBeVisible();
  await sender.post("page-views", [{ log_time: Date.now(), account_id: null }]);
  await expect(page.getByText("Nothing received.")).toBeHidden();
  const before = await stream.boundingBox();

  const answer = await page.request.get(`${url}/api/v1/pipeline`);
  for (const { stream, received } of ((await answer.json()) as PipelineStatus).streams) {
    // A tenth of all lines: told from a twentieth on.
    const lines = Array.from({ length: Math.ceil(received / 9) + 1 }, () => ({}));
    await sender.post(STREAM_PATHS[stream], lines);
  }
  const findings = page.getByRole("region", { name: "What is slow" });
  await expect(findings.getByText("of all lines were refused")).toHaveCount(3);
  expect(await stream.boundingBox()).toEqual(before);
  expect(await seriousFaults(page)).toEqual([]);
  await findings.focus();
  await page.keyboard.press("End");
  await expect.poll(() => findings.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
});

test("a manager sees neither the page nor its data", async ({ page, url, signIn }) => {
  await signIn(page, "manager");
  for (const path of ["pipeline", "dead-letters", "dead-letters/reasons"]) {
    expect((await page.request.get(`${url}/api/v1/${path}`)).status()).toBe(403);
  }
  await page.goto(`${url}/pipeline`);
  await expect(page.getByText("Not for your role")).toBeVisible();
});
