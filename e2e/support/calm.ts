import type { Page } from "@playwright/test";

/** What a browser tells of its own calm. */
export interface Calm {
  /** Durations of main-thread tasks over 50 ms since `startWatching`, ms. */
  readonly longTasks: number[];
  /** What moved since the page was opened, from where to where; nothing: a cumulative layout shift of 0. */
  readonly shifts: string[];
}

interface Watch {
  longTasks: number[];
  shifts: string[];
}
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}
type Watched = Window & { __watch?: Watch };

/** Call before the page is opened. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state: Watch = { longTasks: [], shifts: [] };
    (window as Watched).__watch = state;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) state.longTasks.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
        if (hadRecentInput) continue;
        const moves = sources.map(({ node, previousRect: from, currentRect: to }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const what = `${element?.className || element?.tagName} "${node?.textContent?.slice(0, 40)}"`;
          return `${what} ${from.x},${from.y} ${from.width}x${from.height} → ${to.x},${to.y} ${to.width}x${to.height}`;
        });
        state.shifts.push(`${value}: ${moves.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Loading may take as long as it takes: what counts is the time from here on. */
export async function forgetLoading(page: Page): Promise<void> {
  await page.evaluate(() => {
    const state = (window as Watched).__watch;
    if (state) state.longTasks = [];
  });
}

export async function calmOf(page: Page): Promise<Calm> {
  return page.evaluate(() => {
    const state = (window as Watched).__watch;
    if (!state) throw new Error("the page was not watched");
    return { longTasks: state.longTasks, shifts: state.shifts };
  });
}
