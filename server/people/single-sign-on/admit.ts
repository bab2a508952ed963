import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "#server/access/can.ts";
import { isInForce } from "#server/access/in-force.ts";
import { asksSecondFactor, type SecondFactorRule } from "#server/access/second-factor/rule.ts";
import type { Admission, Admit } from "#server/access/single-sign-on/admission.ts";
import { accountIdOf } from "#server/access/single-sign-on/provider.ts";
import type { ProviderPerson } from "#server/access/single-sign-on/provider-person.ts";
import type { SingleSignOnSettings } from "#server/config/single-sign-on.ts";
import { PROVIDER_ID, type SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import { recordActIn } from "#server/db/audit.ts";
import { lockPeople, PEOPLE_PATIENCE } from "../lock-people.ts";
import {
  LastAdministrator,
  type LockedPerson,
  lockPerson,
  requireAnotherAdministrator,
} from "../person-act.ts";
import { joinPerson } from "./join-person.ts";
import { NotAdmitted } from "./not-admitted.ts";

export interface AdmitOptions {
  readonly db: PrismaClient;
  readonly settings: Pick<SingleSignOnSettings, "OIDC_ROLES" | "OIDC_SIGN_UP">;
  readonly rule: SecondFactorRule;
  /** This process runs a demo. */
  readonly isDemo: boolean;
  readonly now: () => number;
}

/** Who somebody that the provider names is here, with the role of their groups; all that it writes is one transaction, audited. */
export function createAdmit(options: AdmitOptions): Admit {
  return async (who) => {
    const role = roleOf(options.settings.OIDC_ROLES, who.groups);
    try {
      return await admit(options, who, role);
    } catch (error) {
      if (error instanceof NotAdmitted) return { refused: error.refusal, personId: error.personId };
      throw error;
    }
  };
}

/** The first that fits wins: whoever writes the table says which group counts more. */
function roleOf(table: SingleSignOnSettings["OIDC_ROLES"], groups: readonly string[]): Role | null {
  return table.find(({ group }) => groups.includes(group))?.role ?? null;
}

async function admit(options: AdmitOptions, who: ProviderPerson, role: Role | null): Promise<Admission> {
  const { db } = options;
  const joined = await personJoinedTo(db, who);
  if (role === null) throw new NotAdmitted("noRole", joined?.id ?? null);
  // Most sign-ins change nothing, and wait for nobody who works on people.
  if (joined?.role === role) return admissionOf(options, db, who, joined);
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const already = await personJoinedTo(tx, who);
    const id = already?.id ?? (await joinPerson(tx, who, { ...options, role }));
    const person = await lockPerson(tx, { id });
    if (!person) throw new NotAdmitted("unknown", null);
    requireInForce(options, person);
    if (person.role !== role) await giveRole(tx, person, role);
    return admissionOf(options, tx, who, { ...person, role });
  }, PEOPLE_PATIENCE);
}

type People = Pick<PrismaClient, "account">;
type Person = Pick<LockedPerson, "id" | "email" | "name" | "role" | "disabledAt">;

async function personJoinedTo(db: People, who: ProviderPerson): Promise<Person | null> {
  const account = await db.account.findFirst({
    where: { providerId: PROVIDER_ID, accountId: accountIdOf(who) },
    select: { user: true },
  });
  return account?.user ?? null;
}

function requireInForce({ isDemo }: AdmitOptions, person: Person): void {
  if (!isInForce(person, isDemo)) throw new NotAdmitted("disabled", person.id);
}

async function admissionOf(
  options: AdmitOptions,
  db: People,
  who: ProviderPerson,
  person: Person,
): Promise<Admission> {
  requireInForce(options, person);
  if (!who.hasSecondFactor && asksSecondFactor(options.rule, person.role as Role)) {
    await requireWayToSecondFactor(db, person.id);
  }
  return { personId: person.id, email: person.email, name: person.name };
}

/** A second factor is enrolled with the password: whoever has neither could do nothing in their session. */
async function requireWayToSecondFactor(db: People, id: string): Promise<void> {
  const way = await db.account.findFirst({
    where: {
      userId: id,
      OR: [{ user: { twoFactorEnabled: true } }, { providerId: "credential", password: { not: null } }],
    },
    select: { id: true },
  });
  if (!way) throw new NotAdmitted("secondFactor", id);
}

/** A scope belongs to the role that it was given for, and goes, as when an administrator gives a role. */
async function giveRole(tx: Prisma.TransactionClient, person: LockedPerson, role: Role): Promise<void> {
  await requireAnotherAdministrator(tx, person).catch((error: unknown): never => {
    const refusal: SingleSignOnRefusal = "lastAdministrator";
    throw error instanceof LastAdministrator ? new NotAdmitted(refusal, person.id) : error;
  });
  await tx.user.update({ where: { id: person.id }, data: { role, segments: [] } });
  await recordActIn(tx, {
    actor: "system",
    action: "person.set-role",
    subject: `person ${person.id}`,
    details: { by: "single sign-on", from: person.role, to: role },
  });
}
