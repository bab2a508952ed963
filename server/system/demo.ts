import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startDemo } from "#demo/start-demo.ts";
import { issueKey } from "../access/api-keys.ts";
import { DEMO_KEY } from "../access/demo-key.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import { takeDemoPart } from "../db/turns.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../demo/demo-people.ts";
import { isDemo } from "../demo/is-demo.ts";
import type { StartOptions } from "./start-options.ts";

const KEY_LIVES_MS = 30 * 86_400_000;

/** The simulated insurer: an ordinary client of the public endpoints, in a process of its own; null where no demo is. */
export async function simulate(
  { config, log, shutdown }: StartOptions,
  { db, url }: Database,
  server: Server,
): Promise<Context["demo"]> {
  if (!(await isDemo({ db }))) return null;
  const giveUp = await takeDemoPart(url);
  if (!giveUp) {
    log.info("another process simulates the insurer; this one shows what comes of it");
    return null;
  }
  shutdown.add("demo's part", giveUp);
  const { port } = server.address() as AddressInfo;
  const manager = DEMO_PEOPLE.find((person) => person.role === "manager");
  const demo = startDemo(
    {
      baseUrl: `http://127.0.0.1:${port}`,
      apiKey: await freshKey(db),
      manager: manager ? { email: manager.email, password: DEMO_PASSWORD } : null,
      seed: config.DEMO_SEED,
      speed: config.DEMO_SPEED,
      zone: config.BUSINESS_TIME_ZONE,
    },
    log,
  );
  shutdown.add("demo", () => demo.stop());
  return demo;
}

/** The simulator's key is made anew at each start: nobody has to keep its secret. */
async function freshKey(db: Database["db"]): Promise<string> {
  await db.apiKey.deleteMany({ where: { name: DEMO_KEY } });
  const expiresAt = new Date(Date.now() + KEY_LIVES_MS);
  const scopes = ["ingest", "replay", "read", "key-users"] as const;
  const key = await issueKey(db, { name: DEMO_KEY, scopes, expiresAt }, "system");
  return key.secret;
}
