import { AppError } from "../lib/errors.ts";
import type { Queryable } from "./queryable.ts";

/** This installation counts in another zone than is configured: its figures would count orders twice (rule C1). */
class ZoneChanged extends AppError {
  constructor(kept: string, configured: string) {
    super(
      "zone_changed",
      409,
      `The figures of this database are counted in the zone ${kept}, but BUSINESS_TIME_ZONE is ${configured}. ` +
        `Set BUSINESS_TIME_ZONE=${kept}; or start with an empty database, and replay and import into it again.`,
    );
  }
}

/** The zone in which this installation counts; null: it has not started yet, or was made before zones were kept. */
export async function readZone(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ zone: string }>(
    "SELECT value #>> '{}' AS zone FROM setting WHERE key = 'zone'",
  );
  return rows[0]?.zone ?? null;
}

/**
 * For those who only read: nothing is kept.
 * @throws {ZoneChanged} the installation counts in another zone
 */
export async function requireZone(db: Queryable, configured: string): Promise<void> {
  const kept = await readZone(db);
  if (kept !== null && !isSameZone(kept, configured)) throw new ZoneChanged(kept, configured);
}

/**
 * For those who count: the first one decides for the installation (rule C1).
 * @throws {ZoneChanged} another zone was decided on
 */
export async function keepZone(db: Queryable, configured: string): Promise<void> {
  await db.query(
    "INSERT INTO setting (key, value) VALUES ('zone', to_jsonb($1::text)) ON CONFLICT (key) DO NOTHING",
    [configured],
  );
  await requireZone(db, configured);
}

/** A zone may have several names, such as PRC and Asia/Shanghai. */
export const isSameZone = (one: string, other: string): boolean =>
  one === other || properName(one) === properName(other);

const properName = (zone: string): string =>
  new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
