import type { Invitation, Prisma } from "#prisma/client/client.ts";
import type { Role } from "#server/access/can.ts";
import { isDemoAddress } from "#server/access/in-force.ts";
import { mailAddress, personName } from "#server/access/person-name.ts";
import type { AdmissionTerms } from "#server/access/single-sign-on/admission.ts";
import { accountIdOf, type ProviderPerson } from "#server/access/single-sign-on/provider-person.ts";
import { recordActIn } from "#server/db/audit.ts";
import { InvalidInput } from "#server/lib/errors.ts";
import { hashOfToken } from "../link-token.ts";
import { isNameTaken, nameFromAddress } from "../people.ts";
import { roleNamed } from "../roles.ts";
import type { GroupRole } from "./group-role.ts";
import { NotAdmitted } from "./not-admitted.ts";

interface JoinOptions extends AdmissionTerms {
  /** The role of their groups. */
  readonly given: NonNullable<GroupRole>;
  /** Whether one administrator alone makes no other, as by an invitation. */
  readonly rolesWait: boolean;
  readonly now: () => number;
}

/** Somebody whose address the provider has verified. */
type Verified = ProviderPerson & { readonly email: string };

/**
 * Joins a subject of a provider, which nobody is joined to: to the invitation by whose link they came, or to the person with its
 * verified address: somebody who was made here, or was invited, or, where that is open, somebody new. From then on the subject alone
 * counts. The caller holds the lock on people.
 * @returns their id
 * @throws {NotAdmitted}
 */
export async function joinPerson(
  tx: Prisma.TransactionClient,
  who: ProviderPerson,
  options: JoinOptions,
): Promise<string> {
  const byLink = await acceptByLink(tx, who, options);
  if (byLink !== null) return byLink;
  const verified = verifiedOf(who);
  return (
    (await joinExisting(tx, verified)) ??
    (await acceptByAddress(tx, verified, options)) ??
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
    ({ providerId, accountId }) => providerId === who.provider && accountId.startsWith(`${who.issuer} `),
  );
  if (isTaken) throw new NotAdmitted("taken", person.id);
  if (person.disabledAt) throw new NotAdmitted("disabled", person.id);
  await tx.account.create({ data: { ...accountOf(who), userId: person.id } });
  await recordActIn(tx, {
    actor: person.id,
    action: "person.join",
    subject: `person ${person.id}`,
    details: { by: "verified e-mail address", provider: who.provider },
  });
  return person.id;
}

/** Whoever holds the link is whom it is for; an address that the provider tells may be missing, or another one. */
async function acceptByLink(
  tx: Prisma.TransactionClient,
  who: ProviderPerson,
  options: JoinOptions,
): Promise<string | null> {
  if (options.invitation === null) return null;
  return accept(tx, who, { hash: hashOfToken(options.invitation) }, options);
}

/** The provider knows who they are: no link is needed. */
const acceptByAddress = (
  tx: Prisma.TransactionClient,
  who: Verified,
  options: JoinOptions,
): Promise<string | null> => accept(tx, who, { email: who.email }, options);

/** The role of their groups goes before that of the invitation. */
async function accept(
  tx: Prisma.TransactionClient,
  who: ProviderPerson,
  which: { readonly hash: string } | { readonly email: string },
  { given, rolesWait, now }: JoinOptions,
): Promise<string | null> {
  const open = { ...which, outcome: null, expiresAt: { gt: new Date(now()) } };
  const found = await tx.invitation.findFirst({ where: open });
  // Somebody was made with the address since: it is theirs to be joined, not the invitation's to make them twice.
  if (!found || (await tx.user.findUnique({ where: { email: found.email } }))) return null;
  const role = given === "kept" ? roleNamed(found.role) : given;
  // What their groups give is nobody's here to give: the provider's own people decide on it.
  if (rolesWait && given === "kept" && role === "administrator") throw new NotAdmitted("roleWaits", null);
  await tx.invitation.update({
    where: { id: found.id },
    data: { outcome: "accepted", endedAt: new Date(now()) },
  });
  return create(tx, who, invitedPerson(found, role));
}

const invitedPerson = ({ id, email, name, segments }: Invitation, role: Role): Made => ({
  email,
  role,
  segments: role === "manager" ? segments : [],
  name,
  by: `invitation ${id}`,
});

async function signUp(
  tx: Prisma.TransactionClient,
  who: Verified,
  { policy, given }: JoinOptions,
): Promise<string> {
  if (!policy.signUp) throw new NotAdmitted("unknown", null);
  const role = given === "kept" ? policy.defaultRole : given;
  if (role === null) throw new NotAdmitted("noRole", null);
  const { email } = who;
  return create(tx, who, { email, role, segments: [], name: await freeName(tx, who), by: "single sign-on" });
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
  readonly email: string;
  readonly role: Role;
  readonly segments: string[];
  readonly name: string;
  /** By what they may be made. */
  readonly by: string;
}

/** Somebody without a password. */
async function create(
  tx: Prisma.TransactionClient,
  who: ProviderPerson,
  { email, role, segments, name, by }: Made,
): Promise<string> {
  const id = crypto.randomUUID();
  await tx.user.create({
    data: { id, email, name, emailVerified: true, role, segments, accounts: { create: accountOf(who) } },
  });
  const details = { role, segments, by, provider: who.provider };
  const action = by.startsWith("invitation ") ? "person.accept-invitation" : "person.create";
  await recordActIn(tx, { actor: id, action, subject: `person ${id}`, details });
  return id;
}

const accountOf = (who: ProviderPerson) => ({
  id: crypto.randomUUID(),
  accountId: accountIdOf(who),
  providerId: who.provider,
});
