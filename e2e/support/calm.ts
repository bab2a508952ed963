import type { Page } from "@playwright/test";

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}
/** Each move from where to where, since the page was opened. */
type Watched = Window & { __shifts?: string[] };

/** Call before the page is opened. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    (window as Watched).__shifts = shifts;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
        if (hadRecentInput) continue;
        const moves = sources.map(({ node, previousRect: from, currentRect: to }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const what = `${element?.className || element?.tagName} "${node?.textContent?.slice(0, 40)}"`;
          return `${what} ${from.x},${from.y} ${from.width}x${from.height} → ${to.x},${to.y} ${to.width}x${to.height}`;
        });
        shifts.push(`${value}: ${moves.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What moved since the page was opened, from where to where; nothing: a cumulative layout shift of 0. */
export async function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shifts = (window as Watched).__shifts;
    if (!shifts) throw new Error("the page was not watched");
    return shifts;
  });
}
