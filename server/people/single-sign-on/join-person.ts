import type { Prisma } from "#prisma/client/client.ts";
import type { Role } from "#server/access/can.ts";
import { isDemoAddress } from "#server/access/in-force.ts";
import { mailAddress, personName } from "#server/access/person-name.ts";
import { accountIdOf } from "#server/access/single-sign-on/provider.ts";
import type { ProviderPerson } from "#server/access/single-sign-on/provider-person.ts";
import type { SingleSignOnSettings } from "#server/config/single-sign-on.ts";
import { PROVIDER_ID } from "#server/contracts/single-sign-on.ts";
import { recordActIn } from "#server/db/audit.ts";
import { InvalidInput } from "#server/lib/errors.ts";
import { isNameTaken, nameFromAddress } from "../people.ts";
import { NotAdmitted } from "./not-admitted.ts";

interface JoinOptions {
  readonly settings: Pick<SingleSignOnSettings, "OIDC_SIGN_UP">;
  /** Of their groups. */
  readonly role: Role;
  readonly now: () => number;
}

/** Somebody whose address the provider has verified. */
type Verified = ProviderPerson & { readonly email: string };

/**
 * Joins a subject of the provider, which nobody is joined to, to the person with its verified address: somebody who was made here,
 * or was invited, or, where that is open, somebody new. From then on the subject alone counts. The caller holds the lock on people.
 * @returns their id
 * @throws {NotAdmitted}
 */
export async function joinPerson(
  tx: Prisma.TransactionClient,
  who: ProviderPerson,
  options: JoinOptions,
): Promise<string> {
  const verified = verifiedOf(who);
  return (
    (await joinExisting(tx, verified)) ??
    (await acceptInvited(tx, verified, options)) ??
    (await signUp(tx, verified, options))
  );
}

function verifiedOf(who: ProviderPerson): Verified {
  if (who.email === null || !who.isEmailVerified) throw new NotAdmitted("unverified", null);
  try {
    const email = mailAddress(who.email);
    if (isDemoAddress(email)) throw new NotAdmitted("unknown", null);
    return { ...who, email };
  } catch (error) {
    throw error instanceof InvalidInput ? new NotAdmitted("unverified", null) : error;
  }
}

/** An address that changes hands at the provider opens nothing: whoever was joined by it once stays so. */
async function joinExisting(tx: Prisma.TransactionClient, who: Verified): Promise<string | null> {
  const person = await tx.user.findUnique({
    where: { email: who.email },
    select: { id: true, disabledAt: true, accounts: { select: { providerId: true, accountId: true } } },
  });
  if (!person) return null;
  const isTaken = person.accounts.some(
    ({ providerId, accountId }) => providerId === PROVIDER_ID && accountId.startsWith(`${who.issuer} `),
  );
  if (isTaken) throw new NotAdmitted("taken", person.id);
  if (person.disabledAt) throw new NotAdmitted("disabled", person.id);
  await tx.account.create({ data: { ...accountOf(who), userId: person.id } });
  await recordActIn(tx, {
    actor: person.id,
    action: "person.join",
    subject: `person ${person.id}`,
    details: { by: "verified e-mail address" },
  });
  return person.id;
}

/** The provider knows who they are: no link is needed. Their groups' role goes before that of the invitation. */
async function acceptInvited(
  tx: Prisma.TransactionClient,
  who: Verified,
  { role, now }: JoinOptions,
): Promise<string | null> {
  const [spent] = await tx.invitation.updateManyAndReturn({
    where: { email: who.email, outcome: null, expiresAt: { gt: new Date(now()) } },
    data: { outcome: "accepted", endedAt: new Date(now()) },
  });
  if (!spent) return null;
  const segments = role === "manager" ? spent.segments : [];
  return create(tx, who, { role, segments, name: spent.name, by: `invitation ${spent.id}` });
}

async function signUp(
  tx: Prisma.TransactionClient,
  who: Verified,
  { settings, role }: JoinOptions,
): Promise<string> {
  if (!settings.OIDC_SIGN_UP) throw new NotAdmitted("unknown", null);
  return create(tx, who, { role, segments: [], name: await freeName(tx, who), by: "single sign-on" });
}

/** What the provider calls them, if it can be a name and nobody has it. */
async function freeName(tx: Prisma.TransactionClient, { name, email }: Verified): Promise<string> {
  try {
    const given = personName(name ?? "");
    if (!(await isNameTaken(tx, given))) return given;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
  }
  return nameFromAddress(tx, email);
}

interface Made {
  readonly role: Role;
  readonly segments: string[];
  readonly name: string;
  /** By what they may be made. */
  readonly by: string;
}

/** Somebody without a password. */
async function create(
  tx: Prisma.TransactionClient,
  who: Verified,
  { role, segments, name, by }: Made,
): Promise<string> {
  const id = crypto.randomUUID();
  await tx.user.create({
    data: {
      id,
      email: who.email,
      name,
      emailVerified: true,
      role,
      segments,
      accounts: { create: accountOf(who) },
    },
  });
  const details = { role, segments, by };
  await recordActIn(tx, { actor: "anonymous", action: "person.create", subject: `person ${id}`, details });
  return id;
}

const accountOf = (who: ProviderPerson) => ({
  id: crypto.randomUUID(),
  accountId: accountIdOf(who),
  providerId: PROVIDER_ID,
});
