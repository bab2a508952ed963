import { collectGarbage } from "./collect.ts";

/** Processor time of this process that some work takes, in seconds; of garbage, only what the work itself makes. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  collectGarbage();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
