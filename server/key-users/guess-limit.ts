import type pg from "pg";
import { actorsOf } from "../access/actors-of.ts";
import { type Actor, can } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { AuditAction } from "../contracts/audit-actions.ts";
import { recordAct } from "../db/audit.ts";
import { TooBusy } from "../lib/errors.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/**
 * Different lists with names or telephones that one person, keys of theirs included, looks at or imports within an hour. What a list leaves unchanged
 * stands already: one list tries a telephone for each customer at once, and a mask leaves four digits of it open. Several files, each
 * looked at by other choices and mended some times, are fewer; ten thousand guesses take five weeks.
 */
export const LISTS_PER_HOUR = 12;
/**
 * Edits with a name or a telephone of one person and their keys within an hour: one a minute, as a hand does it. What an edit moved, and what
 * it need not write, says whether it held what stood there. More at once come as a list.
 */
export const CONTACT_EDITS_PER_HOUR = 60;

/** Who could guess names and telephones by the answers to what they send. */
export interface Guesser {
  readonly id: string;
  /** May export names and telephones, so has nothing to guess: not bounded, audited all the same. Unset: may not. */
  readonly isClear?: boolean;
}

export const guesserOf = (actor: Actor): Guesser => ({
  id: actor.id,
  isClear: can(actor, "personal.export"),
});

/** How a kind of guess is counted and refused. */
interface Kind {
  readonly action: AuditAction;
  readonly limit: number;
  /** The same subject once more within the hour tells nothing new. */
  readonly isSameFree: boolean;
  readonly refusal: (limit: number, minutes: number) => string;
}

const KINDS = {
  list: {
    action: "key-users.preview",
    limit: LISTS_PER_HOUR,
    isSameFree: true,
    refusal: (limit, minutes) =>
      `You have looked at ${limit} different lists with names or telephones within an hour, which is all that is allowed. Send one of them again, leave these columns out, or go on in ${minutes} min.`,
  },
  edit: {
    action: "key-users.contact",
    limit: CONTACT_EDITS_PER_HOUR,
    isSameFree: false,
    refusal: (limit, minutes) =>
      `You have written names or telephones into single rows ${limit} times within an hour, which is all that is allowed. Import them as a list, or go on in ${minutes} min.`,
  },
} as const satisfies Readonly<Record<string, Kind>>;

export interface Guess {
  readonly kind: keyof typeof KINDS;
  /** As the audit log names it; nothing that was guessed. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, number>>;
}

/**
 * Counts what could be a guess at names and telephones, by its audit rows: all processes count together, and it counts whatever
 * becomes of the act itself. Call it before anything is told.
 * @throws {TooBusy} the hour's are used up; the audit log tells of it
 */
export async function countGuess(
  { pool, now }: Pick<Context, "pool" | "now">,
  guesser: Guesser,
  guess: Guess,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const actors = await actorsOf(client, guesser.id);
    // One of somebody at a time, so that two at once cannot both be the last one allowed.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`guess ${actors[0]}`]);
    const refused = await counted(client, guesser, { ...guess, actors }, now());
    await client.query("COMMIT");
    if (refused) throw refused;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}

/** @param now ms @returns why not; null: it is counted */
async function counted(
  client: pg.PoolClient,
  { id: actor, isClear = false }: Guesser,
  { kind, subject, details, actors }: Guess & { readonly actors: readonly string[] },
  now: number,
): Promise<TooBusy | null> {
  const { action, limit, isSameFree, refusal }: Kind = KINDS[kind];
  const earlier = await readGuesses(client, actors, action, now);
  if (isSameFree && earlier.some((each) => each.subject === subject)) return null;
  const oldest = earlier[limit - 1];
  if (isClear || oldest === undefined) {
    await recordAct(client, { at: new Date(now), actor, action, subject, ...(details ? { details } : {}) });
    return null;
  }
  await tellRefused(client, { actor, actors, limit }, now);
  const wait = Math.max(1, oldest.at.getTime() + HOUR_MS - now);
  return new TooBusy(refusal(limit, Math.ceil(wait / MINUTE_MS)), Math.ceil(wait / 1_000));
}

interface Earlier {
  readonly subject: string;
  readonly at: Date;
}

/** Of the hour before `now` (ms), newest first. */
async function readGuesses(
  client: pg.PoolClient,
  actors: readonly string[],
  action: AuditAction,
  now: number,
): Promise<readonly Earlier[]> {
  const { rows } = await client.query<Earlier>(
    "SELECT subject, at FROM audit_entry WHERE actor = ANY ($1) AND action = $2 AND at > $3 ORDER BY at DESC, id DESC",
    [actors, action, new Date(now - HOUR_MS)],
  );
  return rows;
}

const REFUSED = "key-users.guess-refused";

/** Once an hour is enough. */
async function tellRefused(
  client: pg.PoolClient,
  {
    actor,
    actors,
    limit,
  }: { readonly actor: string; readonly actors: readonly string[]; readonly limit: number },
  now: number,
): Promise<void> {
  if ((await readGuesses(client, actors, REFUSED, now)).length > 0) return;
  const act = { action: REFUSED, subject: "installation", details: { limit } } as const;
  await recordAct(client, { at: new Date(now), actor, ...act });
}
