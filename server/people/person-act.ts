import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { DEMO_PEOPLE_ONLY, isDemoAddress } from "../access/in-force.ts";
import { endChallenges } from "../access/second-factor/challenge.ts";
import { isWayIn } from "../access/way-in.ts";
import type { Config } from "../config/config.ts";
import type { AuditAction } from "../contracts/audit-actions.ts";
import { recordActIn } from "../db/audit.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { AppError, NotFound } from "../lib/errors.ts";
import { lockPeople, PEOPLE_PATIENCE } from "./lock-people.ts";

/** What somebody does to a person's account, and why. */
export interface PersonAct {
  /** As audit rows name actors. */
  readonly by: string;
  readonly reason: string;
  /** Who confirmed it, where FOUR_EYES asked for that. */
  readonly confirmation?: Confirmation;
}

/** Whom it is done to: an e-mail address or a user name as people type it, or an id. */
export type Who = string | { readonly id: string };

/** The person as they stand, locked. */
export interface LockedPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string | null;
  readonly disabledAt: Date | null;
  readonly segments: readonly string[];
}

/** What was done, for whoever asked. */
export interface PersonActed {
  readonly name: string;
  readonly email: string;
  /** Sessions that ended. */
  readonly sessions: number;
}

export interface PersonVerb {
  /** Of the audit row. */
  readonly action: AuditAction;
  readonly endsSessions: boolean;
  /** @returns details for the audit row; `sessions`, if it ended some by itself */
  execute(tx: Prisma.TransactionClient, person: LockedPerson): Promise<Readonly<Record<string, unknown>>>;
}

/** The installation would be left without anybody who may administer it. */
export class LastAdministrator extends AppError {
  constructor(name: string) {
    super(
      "last_administrator",
      409,
      `${name} is the last administrator who can sign in: make or enable another one first.`,
    );
  }
}

/**
 * Does one act to one person: one at a time in the whole installation, so that two administrators who are disabled at once
 * cannot both go. The person's row is locked against sign-ins under way (server/access/refuse-session.ts); mutation, ended sessions
 * and audit row are one transaction.
 * @throws {NotFound} nobody goes by that
 */
export async function actOnPerson(
  db: PrismaClient,
  who: Who,
  { by, reason, confirmation }: PersonAct,
  verb: PersonVerb,
): Promise<PersonActed> {
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await lockPerson(tx, who);
    if (!person) throw nobody(who);
    const told = await verb.execute(tx, person);
    const where = { userId: person.id };
    const ended = verb.endsSessions ? (await tx.session.deleteMany({ where })).count : 0;
    if (verb.endsSessions) await endChallenges(tx, person.id);
    const details = { reason, sessions: ended, ...told, ...confirmation };
    await recordActIn(tx, { actor: by, action: verb.action, subject: `person ${person.id}`, details });
    return { name: person.name, email: person.email, sessions: Number(details.sessions) };
  }, PEOPLE_PATIENCE);
}

/** The person as they stand, locked until the transaction ends; undefined: nobody goes by that. */
export async function lockPerson(tx: Prisma.TransactionClient, who: Who): Promise<LockedPerson | undefined> {
  const id = typeof who === "string" ? null : who.id;
  const name = typeof who === "string" ? who.trim().toLowerCase() : null;
  const [person] = await tx.$queryRaw<LockedPerson[]>`
    SELECT id, email, name, role, "disabledAt", segments FROM "user" WHERE id = ${id} OR email = ${name} OR username = ${name}
    ORDER BY email = ${name} DESC LIMIT 1 FOR UPDATE`;
  return person;
}

const nobody = (who: Who): NotFound =>
  new NotFound(
    typeof who === "string"
      ? `Nobody has the e-mail address or user name "${who}": user list shows who is there.`
      : "There is no such person any more.",
  );

/**
 * For acts that take an administrator away.
 * @throws {LastAdministrator} nobody else could administer; the demo's own does not stand in for a real one, nor does one whose
 * password counts no more and who has not chosen another yet, nor one who signs in by a provider that is not configured
 */
export async function requireAnotherAdministrator(
  tx: Prisma.TransactionClient,
  { id, email, name, role, disabledAt }: LockedPerson,
  config: Pick<Config, "groups">,
): Promise<void> {
  if (role !== "administrator" || disabledAt !== null) return;
  const others = {
    role: "administrator",
    disabledAt: null,
    id: { not: id },
    accounts: { some: isWayIn(config) },
  };
  const where = isDemoAddress(email) ? others : { ...others, NOT: DEMO_PEOPLE_ONLY };
  if ((await tx.user.count({ where })) === 0) throw new LastAdministrator(name);
}
