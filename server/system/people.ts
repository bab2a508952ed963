import { ensureInitialKey } from "../access/api-keys.ts";
import { ensureDemoPeople } from "../access/demo-people.ts";
import { ensureInitialAdministrator, issueFirstAdministratorToken } from "../access/first-administrator.ts";
import type { Database } from "../store/database.ts";
import { holdsDemo } from "./demo.ts";
import type { StartOptions } from "./start-options.ts";

/** Makes whom the environment names: a machine's key, the first administrator, the people of the demo. */
export async function makePeople({ config }: StartOptions, { db }: Database): Promise<void> {
  if (config.INIT_API_KEY) await ensureInitialKey(db, config.INIT_API_KEY);
  if (config.INIT_ADMIN_EMAIL && config.INIT_ADMIN_PASSWORD) {
    await ensureInitialAdministrator(db, config.INIT_ADMIN_EMAIL, config.INIT_ADMIN_PASSWORD);
  }
  if (config.DEMO && (await holdsDemo(db))) await ensureDemoPeople(db);
}

/** Without an administrator, the log shows the one-time link that makes one. */
export async function tellFirstAdministrator(
  { log }: StartOptions,
  { db }: Database,
  address: string,
): Promise<void> {
  const token = await issueFirstAdministratorToken(db);
  if (token)
    log.warn({ link: `${address}/setup?token=${token}` }, "open this link to make the first administrator");
}
