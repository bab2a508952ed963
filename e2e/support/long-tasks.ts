import type { Browser } from "@playwright/test";

/** A task of a page's main thread that had the processor for too long. */
export interface LongTask {
  /** Processor time, and time from its start to its end, ms. */
  readonly cpu: number;
  readonly wall: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs; `tdur` is processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const LONG_MS = 50;
const CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"];

/**
 * Records the main threads of all pages from here on; what it answers ends the recording. A task is as long as the
 * processor worked on it: how long it waited for a core says what else the machine had to do.
 */
export async function recordLongTasks(browser: Browser): Promise<() => Promise<LongTask[]>> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.name === "thread_name" || event.name.endsWith("RunTask")) events.push(event);
    }
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    await session.detach();
    return longTasksOf(events);
  };
}

function longTasksOf(events: readonly TraceEvent[]): LongTask[] {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const isMain = ({ name, args }: TraceEvent) => name === "thread_name" && args?.name === "CrRendererMain";
  const main = new Set(events.filter(isMain).map(threadOf));
  const tasks = events.filter((event) => event.ph === "X" && main.has(threadOf(event)));
  if (tasks.length === 0) throw new Error("no task of any page was recorded");
  return tasks
    .map(({ dur = 0, tdur = dur }) => ({ cpu: Math.round(tdur / 1_000), wall: Math.round(dur / 1_000) }))
    .filter(({ cpu }) => cpu > LONG_MS);
}
