import type { FullConfig } from "@playwright/test";
import { API_KEY, makePeople } from "./people.ts";
import { startServer, type TestServer } from "./server.ts";

/** A system of which a worker alone has the use. */
export interface Plain {
  readonly url: string;
  readonly dataDir: string;
}

/**
 * Systems for all specs: an empty one for each worker, for what people do, and a demo for what the screens look like, unless
 * E2E_DEMO is 0. Their addresses reach the specs through the environment.
 */
export default async function globalSetup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const isDemo = process.env.E2E_DEMO !== "0";
  const demo = isDemo ? startServer({ INIT_API_KEY: API_KEY, DEMO: "1" }) : null;
  const plain = await Promise.all(Array.from({ length: workers }, startPlain));
  const systems: readonly Plain[] = plain.map(({ url, dataDir }) => ({ url, dataDir }));
  process.env.E2E_PLAIN = JSON.stringify(systems);
  if (demo) process.env.E2E_DEMO_URL = (await demo).url;
  return async () => {
    await Promise.all([...plain, await demo].map((server) => server?.stop()));
  };
}

async function startPlain(): Promise<TestServer> {
  const server = await startServer({ INIT_API_KEY: API_KEY });
  await makePeople(server);
  return server;
}
