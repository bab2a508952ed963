import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "#server/access/can.ts";
import { isInForce } from "#server/access/in-force.ts";
import type { Admission, AdmissionTerms, Admit } from "#server/access/single-sign-on/admission.ts";
import { accountIdOf, type ProviderPerson } from "#server/access/single-sign-on/provider-person.ts";
import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import { recordActIn } from "#server/db/audit.ts";
import type { Config } from "../../config/config.ts";
import type { SettingsReader } from "../../context.ts";
import { isGuarded } from "../../four-eyes/propose.ts";
import { lockPeople, PEOPLE_PATIENCE } from "../lock-people.ts";
import {
  LastAdministrator,
  type LockedPerson,
  lockPerson,
  requireAnotherAdministrator,
} from "../person-act.ts";
import { withdrawLinksOf } from "../withdraw-links.ts";
import { groupRoleOf } from "./group-role.ts";
import { joinPerson } from "./join-person.ts";
import { NotAdmitted } from "./not-admitted.ts";

export interface AdmitOptions {
  readonly db: PrismaClient;
  /** Names the providers by which people sign in. */
  readonly config: Pick<Config, "groups">;
  /** Says whether roles wait for a second administrator. */
  readonly settings: SettingsReader;
  /** This process runs a demo. */
  readonly isDemo: boolean;
  readonly now: () => number;
}

/** Who somebody that a provider names is here, with the role of their groups; all that it writes is one transaction, audited. */
export function createAdmit(options: AdmitOptions): Admit {
  return async (who, terms) => {
    try {
      return await admit(options, who, terms);
    } catch (error) {
      if (error instanceof NotAdmitted) return { refused: error.refusal, personId: error.personId };
      throw error;
    }
  };
}

async function admit(options: AdmitOptions, who: ProviderPerson, terms: AdmissionTerms): Promise<Admission> {
  const { db } = options;
  const given = groupRoleOf(terms.policy, who.groups);
  const joined = await personJoinedTo(db, who);
  if (given === null) throw new NotAdmitted("noRole", joined?.id ?? null);
  // Most sign-ins change nothing, and wait for nobody who works on people.
  if (joined && (given === "kept" || joined.role === given)) return admissionOf(options, joined);
  const rolesWait = await isGuarded(options, "roles");
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const already = await personJoinedTo(tx, who);
    const id = already?.id ?? (await joinPerson(tx, who, { ...terms, given, rolesWait, now: options.now }));
    const person = await lockPerson(tx, { id });
    if (!person) throw new NotAdmitted("unknown", null);
    requireInForce(options, person);
    if (given !== "kept" && person.role !== given) await giveRole(tx, person, given, options.config);
    return admissionOf(options, person);
  }, PEOPLE_PATIENCE);
}

type People = Pick<PrismaClient, "account">;
type Person = Pick<LockedPerson, "id" | "email" | "name" | "role" | "disabledAt">;

async function personJoinedTo(db: People, who: ProviderPerson): Promise<Person | null> {
  const account = await db.account.findFirst({
    where: { providerId: who.provider, accountId: accountIdOf(who) },
    select: { user: true },
  });
  return account?.user ?? null;
}

function requireInForce({ isDemo }: AdmitOptions, person: Person): void {
  if (!isInForce(person, isDemo)) throw new NotAdmitted("disabled", person.id);
}

function admissionOf(options: AdmitOptions, person: Person): Admission {
  requireInForce(options, person);
  return { personId: person.id, email: person.email, name: person.name };
}

/** A scope belongs to the role that it was given for, and goes, as when an administrator gives a role. */
async function giveRole(
  tx: Prisma.TransactionClient,
  person: LockedPerson,
  role: Role,
  config: AdmitOptions["config"],
): Promise<void> {
  await requireAnotherAdministrator(tx, person, config).catch((error: unknown): never => {
    const refusal: SingleSignOnRefusal = "lastAdministrator";
    throw error instanceof LastAdministrator ? new NotAdmitted(refusal, person.id) : error;
  });
  await tx.user.update({ where: { id: person.id }, data: { role, segments: [] } });
  if (person.role === "administrator") await withdrawLinksOf(tx, person.id);
  await recordActIn(tx, {
    actor: "system",
    action: "person.set-role",
    subject: `person ${person.id}`,
    details: { by: "single sign-on", from: person.role, to: role },
  });
}
