import { Cron } from "croner";
import type { Job, JobContext } from "./job.ts";
import { JOBS } from "./jobs.ts";
import { runJob } from "./run-job.ts";

/** Looks at every job by its rhythm, never at one twice at once. @returns its stop, which waits for what runs */
export function startJobs(ctx: JobContext): () => Promise<void> {
  const running = new Map<string, Promise<unknown>>();
  const crons = Object.values(JOBS).map(
    (job: Job) =>
      new Cron(job.when, { timezone: ctx.time.zone, unref: true }, () => {
        if (running.has(job.name)) return;
        const run = runJob(ctx, job)
          .catch((error: unknown) => ctx.log.warn({ err: error, job: job.name }, job.failed))
          .finally(() => running.delete(job.name));
        running.set(job.name, run);
      }),
  );
  return async () => {
    for (const cron of crons) cron.stop();
    await Promise.all(running.values());
  };
}
