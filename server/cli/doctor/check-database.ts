import type { Database } from "#server/db/database.ts";
import { schemaDifferences } from "#server/db/schema-differences.ts";
import { UnfitDatabase } from "#server/db/unfit-database.ts";
import { isSameZone, readZone } from "#server/db/zone.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const LARGEST_CLOCK_GAP_MS = 2_000;

/** Everything that is asked of the database; its absence is one finding. */
export async function checkDatabase(
  open: () => Promise<Database>,
  zone: string,
  now: () => number,
): Promise<Finding[]> {
  let database: Database;
  try {
    database = await open();
  } catch (error) {
    if (error instanceof UnfitDatabase) return [failure("database", error.finding, error.fix)];
    const fix = "Check DATABASE_URL, or unset it to use the embedded PostgreSQL.";
    return [failure("database", (error as Error).message, fix)];
  }
  return [
    await checkVersion(database),
    await checkDatabaseClock(database, now),
    await checkKeptZone(database, zone),
    await checkSchema(database),
    await checkLease(database),
  ];
}

async function checkVersion({ pool, embeddedPid }: Database): Promise<Finding> {
  const { rows } = await pool.query<{ version: string; size: string }>(
    `SELECT current_setting('server_version') AS version,
       pg_size_pretty(pg_database_size(current_database())) AS size`,
  );
  const kind = embeddedPid === null ? "" : "embedded ";
  return ok("database", `${kind}PostgreSQL ${rows[0]?.version}, ${rows[0]?.size}`);
}

async function checkDatabaseClock({ pool }: Database, now: () => number): Promise<Finding> {
  const { rows } = await pool.query<{ now: string }>(
    "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
  );
  return clockGapFinding(Number(rows[0]?.now) - now());
}

/** @param gap ms that the database's clock is ahead */
export function clockGapFinding(gap: number): Finding {
  const told = `the database's clock is ${Math.abs(gap)} ms ${gap < 0 ? "behind" : "ahead"}`;
  if (Math.abs(gap) <= LARGEST_CLOCK_GAP_MS) return ok("database clock", told);
  return warning("database clock", told, "Let both machines set their clocks by NTP.");
}

async function checkKeptZone({ pool }: Database, configured: string): Promise<Finding> {
  const kept = await readZone(pool);
  if (kept === null) return ok("database zone", "will be kept at the first start");
  if (isSameZone(kept, configured)) return ok("database zone", `figures are counted in ${kept}`);
  const told = `figures are counted in ${kept}, but BUSINESS_TIME_ZONE is ${configured}`;
  return failure("database zone", told, `Set BUSINESS_TIME_ZONE=${kept}, or start with an empty database.`);
}

/** Differences told at a time: the first ones lead to what was done. */
const TOLD = 3;

async function checkSchema({ url }: Database): Promise<Finding> {
  const differences = await schemaDifferences(url);
  if (differences.length === 0) return ok("schema", "as the migrations make it");
  const told = `the tables differ from what the migrations make (${differences.slice(0, TOLD).join("; ")})`;
  return failure("schema", told, "Restore the database, or undo what changed its tables by hand.");
}

async function checkLease({ pool }: Database): Promise<Finding> {
  const { rows } = await pool.query<{ holder: string; held: boolean }>(
    "SELECT holder, expires_at > now() AS held FROM lease WHERE name = 'writer'",
  );
  return ok("writer", rows[0]?.held ? `${rows[0].holder} writes` : "nobody writes now");
}
