import { ensureInitialKey } from "../access/initial-key.ts";
import type { Database } from "../db/database.ts";
import { ensureDemoPeople } from "../demo/demo-people.ts";
import { isDemo } from "../demo/is-demo.ts";
import { ensureInitialAdministrator, issueFirstAdministratorToken } from "../people/first-administrator.ts";
import { settleDemo } from "./settle-demo.ts";
import type { StartOptions } from "./start-options.ts";

/** Makes whom the environment names: a machine's key, the first administrator, the people of the demo. */
export async function makePeople(options: StartOptions, database: Database): Promise<void> {
  const { config } = options;
  const { db } = database;
  const runsDemo = await settleDemo(options, database);
  if (config.INIT_API_KEY) await makeInitialKey(options, database, config.INIT_API_KEY);
  if (config.INIT_ADMIN_EMAIL && config.INIT_ADMIN_PASSWORD) {
    await ensureInitialAdministrator(db, config.INIT_ADMIN_EMAIL, config.INIT_ADMIN_PASSWORD);
  }
  if (runsDemo) await ensureDemoPeople(db);
}

async function makeInitialKey({ log }: StartOptions, { db }: Database, secret: string): Promise<void> {
  const { state, replaced } = await ensureInitialKey(db, secret);
  if (replaced > 0) log.warn({ replaced }, "INIT_API_KEY has another value: the earlier key is revoked");
  if (state === "revoked")
    log.warn("INIT_API_KEY names a key that was revoked, and so it stays: give it a new value");
  if (state === "another")
    log.warn("INIT_API_KEY names a key that was made by hand: it keeps its own scopes");
}

/** Without an administrator, the log shows the one-time link that makes one. A demo has its own, and no link. */
export async function tellFirstAdministrator(
  { config, log }: StartOptions,
  { db }: Database,
  address: string,
): Promise<void> {
  if (config.DEMO && (await isDemo({ db }))) return;
  const token = await issueFirstAdministratorToken(db);
  if (token)
    log.warn({ link: `${address}/setup?token=${token}` }, "open this link to make the first administrator");
}
