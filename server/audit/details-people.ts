import type { Context } from "../context.ts";
import type { AuditEntry } from "../contracts/api/audit.ts";

/** Details that are somebody, by their id. */
const PEOPLE = ["confirmedBy", "proposedBy", "owner"] as const;

/** Entries whose details name people as they are called now; who is not there any more stays an id. */
export async function withPeople(
  pool: Pick<Context["pool"], "query">,
  entries: readonly AuditEntry[],
): Promise<AuditEntry[]> {
  const ids = new Set(entries.flatMap(({ details }) => PEOPLE.flatMap((name) => idIn(details?.[name]))));
  if (ids.size === 0) return [...entries];
  const { rows } = await pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM "user" WHERE id = ANY ($1)',
    [[...ids]],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return entries.map((entry) => ({ ...entry, details: entry.details && named(entry.details, names) }));
}

const idIn = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

function named(
  details: NonNullable<AuditEntry["details"]>,
  names: ReadonlyMap<string, string>,
): NonNullable<AuditEntry["details"]> {
  const people = PEOPLE.flatMap((key) => {
    const name = names.get(String(details[key]));
    return name === undefined ? [] : [[key, name] as const];
  });
  return { ...details, ...Object.fromEntries(people) };
}
