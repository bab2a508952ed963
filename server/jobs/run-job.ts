import type { Job, JobKeeping } from "./job.ts";
import { keepRun, type LastRun, lastRun } from "./last-run.ts";

/** Runs a job when it is due here. @returns what it did; null when it is not due */
export async function runJob<N, O extends object>(
  ctx: N & JobKeeping,
  job: Job<N, O>,
): Promise<O | LastRun<O> | null> {
  if (job.where === "writer" && ctx.writer.status().state !== "leading") return null;
  if (job.dailyFrom === null) return job.run(ctx);
  const now = ctx.now();
  const ranOn = ctx.time.dateOf(now);
  if (Number(ctx.time.hourOf(now).slice(8)) < job.dailyFrom) return null;
  if ((await lastRun(ctx, job.name))?.ranOn === ranOn) return null;
  const run = { ...(await job.run(ctx)), at: new Date(ctx.now()).toISOString(), ranOn };
  await keepRun(ctx, job.name, run);
  ctx.log.info({ job: job.name, run }, "a job has run");
  return run;
}
