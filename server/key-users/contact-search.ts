import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import { isName, isTelephone } from "../contracts/contact-form.ts";
import { recordAct } from "../db/audit.ts";
import { TooBusy } from "../lib/errors.ts";
import { type LookUps, lookUpsOf } from "../lib/sealed-contact.ts";

const HOUR_MS = 3_600_000;
/**
 * Different texts that a person looks for among names and telephones within an hour. A mask leaves four digits of a telephone open:
 * who could ask without end would find them, past the limit and the audit of a reveal.
 */
export const CONTACT_SEARCHES_PER_HOUR = 300;
/** People whose searches are remembered. */
const MOST_PEOPLE = 1_000;

/** What was looked for within the hour, by keyed hash: when first, ms. */
type Asked = Map<string, number>;
const BY_PERSON = new Map<string, Asked>();

/**
 * What a search finds beside customer numbers and covers: whole names, surnames and telephones. Of each process by itself.
 * @returns null: the text can be none of them, or a machine asks
 * @throws {TooBusy} the person has looked for as many as an hour allows; administrators are told
 */
export async function contactSearch(
  ctx: Pick<Context, "pool" | "cipher" | "now" | "log">,
  actor: Actor,
  search: string | undefined,
): Promise<LookUps | null> {
  const text = search?.trim() ?? "";
  if (actor.kind !== "person" || !(isName(text) || isTelephone(text))) return null;
  const lookUps = lookUpsOf(ctx.cipher, text);
  const asked = askedWithin(actor.id, ctx.now() - HOUR_MS);
  const key = Buffer.concat([lookUps.name, lookUps.telephone]).toString("base64");
  if (asked.has(key)) return lookUps;
  if (asked.size >= CONTACT_SEARCHES_PER_HOUR) await refuse(ctx, actor, asked);
  asked.set(key, ctx.now());
  return lookUps;
}

function askedWithin(person: string, since: number): Asked {
  const asked: Asked = BY_PERSON.get(person) ?? new Map();
  for (const [key, at] of asked) if (at <= since) asked.delete(key);
  BY_PERSON.delete(person); // who asked last stands last
  BY_PERSON.set(person, asked);
  const [first] = BY_PERSON.keys();
  if (BY_PERSON.size > MOST_PEOPLE && first !== undefined) BY_PERSON.delete(first);
  return asked;
}

/** When administrators were told of somebody last, ms: once an hour is enough. */
const TOLD = new Map<string, number>();

async function refuse(
  { pool, log, now }: Parameters<typeof contactSearch>[0],
  { id }: Actor,
  asked: Asked,
): Promise<never> {
  const limit = CONTACT_SEARCHES_PER_HOUR;
  const [oldest = now()] = asked.values();
  if ((TOLD.get(id) ?? Number.NEGATIVE_INFINITY) <= now() - HOUR_MS) {
    TOLD.set(id, now());
    const act = { action: "personal.search-refused", subject: "installation", details: { limit } } as const;
    await recordAct(pool, { actor: id, ...act });
    log.warn(
      { person: id, limit },
      "a person has searched for as many names and telephones as an hour allows",
    );
  }
  throw new TooBusy(
    `You have searched for ${limit} different names, telephones or covers within an hour, which is all that is allowed. Search by customer number, or go on later.`,
    Math.max(1, Math.ceil((oldest + HOUR_MS - now()) / 1000)),
  );
}
