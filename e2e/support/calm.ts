import type { Page } from "@playwright/test";

/** What a browser tells of its own calm. */
export interface Calm {
  /** Durations of main-thread tasks over 50 ms since `startWatching`, ms. */
  readonly longTasks: number[];
  /** Cumulative layout shift since the page was opened. */
  readonly layoutShift: number;
}

interface Watch {
  longTasks: number[];
  layoutShift: number;
}
type Watched = Window & { __watch?: Watch };

/** Call before the page is opened. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state: Watch = { longTasks: [], layoutShift: 0 };
    (window as Watched).__watch = state;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) state.longTasks.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) state.layoutShift += entry.value;
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
    return { longTasks: state.longTasks, layoutShift: state.layoutShift };
  });
}
