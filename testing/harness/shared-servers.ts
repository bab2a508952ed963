import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { makeSeed, type ServerUrls, startSeeded } from "./seed-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What servers of a test file's own are copied from; null: they are made. */
    seedFolder: string | null;
    /** A server for each worker, in the order of their numbers. */
    sharedServers: readonly ServerUrls[];
  }
}

/**
 * Starts a PostgreSQL for each worker before the first test file. A worker runs one file at a time, so no two files meet
 * on a server, and what a file leaves in the catalogues of all databases is what it had made.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const seed = await makeSeed();
  const workers = Array.from({ length: project.vitest.config.maxWorkers });
  const servers = await Promise.all(workers.map(() => startSeeded(seed, false)));
  project.provide("seedFolder", seed);
  project.provide(
    "sharedServers",
    servers.map(({ url, readerUrl, adminUrl }) => ({ url, readerUrl, adminUrl })),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
    if (seed !== null) await rm(seed, { recursive: true, force: true });
  };
}
