import type { Browser, Page } from "@playwright/test";
import { NO_BROWSER, openBrowser, openPage } from "./support/browser.ts";
import { short } from "./support/figures.ts";
import { absolute } from "./support/finding.ts";
import { PERSON } from "./support/person.ts";
import type { Outcome } from "./support/report.ts";
import { countScripts, proveUsable } from "./support/scripts.ts";
import { sendSteadily } from "./support/steady-sender.ts";
import { type RunningSystem, startSystem } from "./support/system.ts";

const ROUNDS = 5;
const SECONDS = 6;
/** Enough for a patch at each of the ten ticks of a second. */
const LOAD = { perSecond: 1_000, requestsASecond: 20 };
const SWITCHES = ["Gross", "Both", "Last order"];

interface Round {
  /** Scripts until the board can be used, and until it is complete, kB of 1,000 bytes over the wire. */
  readonly usable: number;
  readonly complete: number;
  readonly namedUrls: ReadonlySet<string>;
  /** Largest contentful paint, interaction to next paint, longest task after loading, all ms. */
  readonly paint: number;
  readonly interaction: number;
  readonly task: number;
}
type Watching = Window & { __seen?: { paint: number; interaction: number; task: number } };

/** The board's first-load JavaScript, and how quick and quiet it is under ten patches a second. */
export async function web(): Promise<Outcome> {
  const browser = await openBrowser();
  if (!browser) return { skipped: NO_BROWSER };
  const system = await startSystem(PERSON);
  try {
    const rounds: Round[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const seen = await measure(browser, system, round * SECONDS * 2 * LOAD.perSecond);
      if (round === 0) continue; // the server has compiled nothing yet
      rounds.push(seen);
      console.log(
        `  round ${round}: ${short(seen.usable)} kB, complete ${short(seen.complete)} kB, LCP ${short(seen.paint)} ms, INP ${short(seen.interaction)} ms, longest task ${short(seen.task)} ms`,
      );
    }
    await proveUsable(browser, system.address, rounds[0]?.namedUrls ?? new Set());
    const of = (name: Exclude<keyof Round, "namedUrls">) => rounds.map((round) => round[name]);
    const most = (what: string, unit: string, atMost: number) => ({ what, unit, target: { atMost } });
    return [
      absolute("web, usable", most("JavaScript until the board can be used, gzip", "kB", 220), of("usable")),
      absolute("web, complete", most("JavaScript until it is complete, gzip", "kB", 220), of("complete")),
      absolute("web, LCP", most("largest contentful paint", "ms", 2_500), of("paint")),
      absolute("web, INP", most("interaction to next paint, 10 patches/s", "ms", 80), of("interaction")),
      absolute("web, tasks", most("longest task, 10 patches/s", "ms", 50), of("task")),
    ];
  } finally {
    await browser.close();
    await system.stop();
  }
}

async function measure(browser: Browser, system: RunningSystem, from: number): Promise<Round> {
  await sendSteadily(system, { ...LOAD, from, seconds: 1 });
  const [context, page] = await openPage(browser, system.address);
  try {
    const scripts = await countScripts(page);
    await watchPage(page);
    const document = await page.goto(`${system.address}/orders`, { waitUntil: "networkidle" });
    await page.getByText("Live", { exact: true }).first().waitFor();
    await page.getByRole("slider").first().waitFor();
    const { named, all, namedUrls } = scripts((await document?.text()) ?? "");
    await page.evaluate(() => {
      const seen = (window as Watching).__seen;
      if (seen) seen.task = 0; // loading may take as long as it takes
    });
    const sending = sendSteadily(system, { ...LOAD, from: from + LOAD.perSecond, seconds: SECONDS });
    await workOnBoard(page, sending);
    const seen = await page.evaluate(() => (window as Watching).__seen);
    if (!seen) throw new Error("the page was not watched");
    return { usable: named, complete: all, namedUrls, ...seen };
  } finally {
    await context.close();
  }
}

/** Call before the page is opened. */
async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { paint: 0, interaction: 0, task: 0 };
    (window as Watching).__seen = seen;
    const watch = (type: string, take: (entry: PerformanceEntry) => void, options = {}) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry);
      }).observe({ type, buffered: true, ...options });
    watch("largest-contentful-paint", (entry) => {
      seen.paint = entry.startTime;
    });
    watch("longtask", (entry) => {
      seen.task = Math.max(seen.task, entry.duration);
    });
    const noteEvent = (entry: PerformanceEntry) => {
      const isInteraction = (entry as PerformanceEntry & { interactionId?: number }).interactionId;
      if (isInteraction) seen.interaction = Math.max(seen.interaction, entry.duration);
    };
    watch("event", noteEvent, { durationThreshold: 16 });
  });
}

/** A person who switches between the premiums while the patches come. */
async function workOnBoard(page: Page, sending: Promise<unknown>): Promise<void> {
  let isSending = true;
  void sending.finally(() => {
    isSending = false;
  });
  for (let click = 0; isSending; click++) {
    await page
      .getByText(SWITCHES[click % SWITCHES.length] ?? "", { exact: true })
      .first()
      .click();
    await page.waitForTimeout(250);
  }
  await sending;
}
