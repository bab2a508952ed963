import type { Context } from "../context.ts";
import type { Job } from "./job.ts";
import { prune } from "./prune.ts";
import { verifyDays } from "./verify-days.ts";
import { wakeCases } from "./wake-cases.ts";

/** All that runs by the clock. A daily job that was missed, since nothing ran, runs at the first look after. */
export const JOBS = {
  "wake-cases": {
    name: "wake-cases",
    when: "*/10 * * * * *",
    where: "everywhere",
    dailyFrom: null,
    run: async (ctx: Pick<Context, "db" | "now" | "publish">) => ({ woken: await wakeCases(ctx) }),
    failed: "snoozed cases were not processed",
  },
  "verify-days": {
    name: "verify-days",
    when: "0 * * * * *",
    where: "writer",
    dailyFrom: 3,
    run: verifyDays,
    failed: "the days were not verified; tried again in a minute",
  },
  // The night's verification has begun by then.
  prune: {
    name: "prune",
    when: "30 * * * * *",
    where: "writer",
    dailyFrom: 4,
    run: (ctx: Parameters<typeof prune>[0]) => prune(ctx),
    failed: "nothing was pruned; tried again in a minute",
  },
} as const satisfies Record<string, Job>;
