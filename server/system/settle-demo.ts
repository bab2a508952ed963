import { DEMO_PEOPLE_ONLY } from "../access/in-force.ts";
import type { Database } from "../db/database.ts";
import { isDemoPartTaken } from "../db/turns.ts";
import type { StartOptions } from "./start-options.ts";

type Needs = Pick<Database, "db" | "pool">;

/**
 * Decides what this start has to do with a demo, and tells the log what people would not expect. The data is a demo's from the
 * first start with DEMO=1 on nothing until it is wiped; it never becomes one over what is real.
 * @returns whether the demo runs
 */
export async function settleDemo(
  { config, log }: Pick<StartOptions, "config" | "log">,
  { db, pool }: Needs,
): Promise<boolean> {
  const isKnown = await readDemo(db);
  if (config.DEMO && isKnown === null) await becomeDemo({ db, pool });
  const holdsDemo = await readDemo(db);
  if (config.DEMO && !holdsDemo) {
    log.warn(
      "this data is a real installation's (it was wiped, or began without a demo): no demo runs on it; for one, start with another DATA_DIR",
    );
  }
  if (!config.DEMO && holdsDemo && (await isDemoPartTaken(pool))) {
    log.warn(
      "a demo runs on this data in another process: its people go on there, and are refused here; end this process, or that of npm run demo",
    );
  } else if (!config.DEMO && holdsDemo) {
    await db.session.deleteMany({ where: { user: DEMO_PEOPLE_ONLY } });
    log.warn(
      "this data folder holds a demo, whose people and simulator are let in by npm run demo alone: start it with npm run demo and wipe it there, or make an administrator with npm run cli -- user create",
    );
  }
  return config.DEMO && holdsDemo === true;
}

/** Of several that start at once the first one decides. */
async function becomeDemo({ db, pool }: Needs): Promise<void> {
  const isEmpty = await holdsNothing(pool);
  await db.setting.createMany({ data: [{ key: "demo", value: isEmpty }], skipDuplicates: true });
}

async function readDemo(db: Needs["db"]): Promise<boolean | null> {
  const setting = await db.setting.findUnique({ where: { key: "demo" } });
  return setting === null ? null : setting.value === true;
}

/** Nobody has been made and nothing has come in: a machine's key may be there. */
async function holdsNothing(pool: Needs["pool"]): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "user") AND NOT EXISTS (SELECT FROM stream WHERE received > 0)
       AND NOT EXISTS (SELECT FROM key_user) AS empty`,
  );
  return rows[0]?.empty === true;
}
