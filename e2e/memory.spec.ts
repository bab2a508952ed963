import { demoHasArrived } from "./support/demo.ts";
import { expect, test } from "./support/fixtures.ts";
import { sendOrders } from "./support/load.ts";

/** Ten minutes of a busy day on one board; in `npm run test:long` only. */
const MINUTES = 10;
/** Growth over the last nine minutes that counts as flat, bytes: what a garbage collector leaves lying. */
const FLAT_BYTES = 3 * 1024 * 1024;

test.skip(!process.env.LONG, "ten minutes: npm run test:long");
test.use({ trace: "off" });
test.beforeAll(demoHasArrived);

test("the browser's memory stays flat over ten minutes of live orders", {
  tag: "@alone",
}, async ({ page, url, signIn }) => {
  test.setTimeout((MINUTES + 6) * 60_000);
  await signIn(page, "administrator");
  await page.goto(`${url}/orders`);
  await expect(page.getByText("Live")).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const used: number[] = [];
  for (let minute = 0; minute < MINUTES; minute++) {
    await sendOrders(url, { perSecond: 200, seconds: 60 });
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    used.push(usedSize);
  }
  console.info(
    `heap after each minute, MB: ${used.map((size) => (size / 1024 / 1024).toFixed(1)).join(" ")}`,
  );
  const [, afterFirst = 0] = used;
  expect((used.at(-1) ?? 0) - afterFirst).toBeLessThan(FLAT_BYTES);
});
