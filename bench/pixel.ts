import type { Page } from "@playwright/test";
import { NO_BROWSER, openBrowser, openPage } from "./support/browser.ts";
import { percentile, short } from "./support/figures.ts";
import { absolute } from "./support/finding.ts";
import { PERSON } from "./support/person.ts";
import type { Outcome } from "./support/report.ts";
import { type Sent, sendSteadily } from "./support/steady-sender.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const ROUNDS = 5;
const PER_SECOND = 5_000;
const SECONDS = 6;
const POLICIES = 'section[aria-label="Totals of the day"] > dl > div:nth-child(2) > dd';

/** What the page showed from when on, ms since the epoch. */
interface Painted {
  readonly count: number;
  readonly at: number;
}
type Watching = Window & { __painted?: Painted[] };

/** From an order's acceptance to the frame that shows it. */
export const pixel = (): Promise<Outcome> => painted("pixel", "", async ({ address }) => address);

/** The same on the screen of another node than the one that commits. */
export const nodes = (): Promise<Outcome> =>
  painted(
    "nodes",
    " on another node",
    async (system) => (await system.startNode({ NODE_ROLE: "web" })).address,
  );

/**
 * Each order raises the board's count of policies by one.
 * @param screenOf where the browser is
 */
async function painted(
  name: string,
  where: string,
  screenOf: (system: RunningSystem) => Promise<string>,
): Promise<Outcome> {
  const browser = await openBrowser();
  if (!browser) return { skipped: NO_BROWSER };
  const system = await startSystem(PERSON);
  try {
    const address = await screenOf(system);
    const load = { perSecond: PER_SECOND, seconds: SECONDS, requestsASecond: 50 };
    await sendSteadily(system, { ...load, from: 0, seconds: 1 });
    const [context, page] = await openPage(browser, address);
    await page.goto(`${address}/orders`);
    await page.waitForFunction(
      (path) => /\d/.test(document.querySelector(path)?.textContent ?? ""),
      POLICIES,
    );
    await watchPaints(page);
    let from = PER_SECOND;
    const delays: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const sent = await sendSteadily(system, { ...load, from });
      from += PER_SECOND * SECONDS;
      await page.waitForFunction((total) => (window as Watching).__painted?.at(-1)?.count === total, from);
      const seen = await page.evaluate(() => (window as Watching).__painted ?? []);
      const p99 = delayOf(sent, seen, (request) => request.acceptedAt);
      if (round === 0) continue; // warms up
      delays.push(p99);
      const whole = delayOf(sent, seen, (request) => request.sentAt);
      console.log(`  round ${round}: p99 ${short(p99)} ms; from sending ${short(whole)} ms`);
    }
    await context.close();
    const what = `p99 from acknowledged to painted${where} at ${PER_SECOND} orders/s`;
    return [absolute(name, { what, unit: "ms", target: { atMost: 250 } }, delays)];
  } finally {
    await browser.close();
    await system.stop();
  }
}

/** Notes each new count after the frame that shows it: a message sent in a frame is delivered when it has been drawn. */
async function watchPaints(page: Page): Promise<void> {
  await page.evaluate((path) => {
    const painted: { count: number; at: number }[] = [];
    (window as Watching).__painted = painted;
    let last = 0;
    const drawn = new MessageChannel();
    drawn.port1.onmessage = ({ data }) => {
      painted.push({ count: data, at: performance.timeOrigin + performance.now() });
    };
    const look = () => {
      const count = Number((document.querySelector(path)?.textContent ?? "").replace(/\D/g, ""));
      if (count !== last) drawn.port2.postMessage(count);
      last = count;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, POLICIES);
}

function delayOf(
  sent: readonly Sent[],
  painted: readonly Painted[],
  since: (request: Sent) => number,
): number {
  let next = 0;
  const delays = sent.map((request) => {
    while (next < painted.length - 1 && (painted[next]?.count ?? 0) < request.total) next++;
    return Math.max(0, (painted[next]?.at ?? 0) - since(request));
  });
  return percentile(delays, 0.99);
}
