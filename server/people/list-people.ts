import type { Invitation, PrismaClient } from "#prisma/client/client.ts";
import { ROLES } from "../access/can.ts";
import { isDemoAddress } from "../access/in-force.ts";
import { asksSecondFactor, type SecondFactorRule } from "../access/second-factor/rule.ts";
import { SESSION_SECONDS } from "../access/session-age.ts";
import type { Person } from "../contracts/api/people.ts";
import { PROVIDER_IDS, type ProviderId } from "../contracts/single-sign-on.ts";

/**
 * Everybody who may sign in or could once, and who is invited, by name.
 * @param rule of whom a second factor is asked
 */
export async function listPeople(
  db: PrismaClient,
  now: Date,
  rule: SecondFactorRule = "none",
): Promise<Person[]> {
  const [made, invitations] = await Promise.all([
    readPeople(db, now, rule),
    db.invitation.findMany({ where: { outcome: null } }),
  ]);
  const invited = invitations.map((each) => asPerson(each, now));
  return [...made, ...invited].sort((a, b) => a.name.localeCompare(b.name) || a.email.localeCompare(b.email));
}

async function readPeople(db: PrismaClient, now: Date, rule: SecondFactorRule): Promise<Person[]> {
  const oldest = new Date(now.getTime() - SESSION_SECONDS * 1_000);
  const people = await db.user.findMany({
    include: {
      passwordReset: true,
      twoFactor: { select: { enrolledAt: true } },
      accounts: { select: { providerId: true, password: true } },
      _count: { select: { sessions: { where: { expiresAt: { gt: now }, createdAt: { gt: oldest } } } } },
    },
  });
  return people.map((each) => ({
    id: each.id,
    name: each.name,
    email: each.email,
    username: each.username,
    role: each.role,
    state: each.disabledAt ? "disabled" : "active",
    segments: each.segments,
    since: each.createdAt.toISOString(),
    disabledAt: each.disabledAt?.toISOString() ?? null,
    lastSignInAt: each.lastSignInAt?.toISOString() ?? null,
    secondFactor: each.twoFactorEnabled ? "authenticator" : factorWithout(each.role, rule),
    secondFactorSince: (each.twoFactorEnabled && each.twoFactor?.enrolledAt?.toISOString()) || null,
    hasPassword: each.accounts.some(({ password }) => password !== null),
    providers: providersOf(each.accounts),
    sessions: each._count.sessions,
    link: each.passwordReset?.spentAt === null ? linkOf(each.passwordReset.expiresAt, now) : null,
    isDemo: isDemoAddress(each.email),
  }));
}

const asPerson = (
  { id, name, email, role, segments, createdAt, expiresAt }: Invitation,
  now: Date,
): Person => ({
  id,
  name,
  email,
  username: null,
  role,
  state: "invited",
  segments,
  since: createdAt.toISOString(),
  disabledAt: null,
  lastSignInAt: null,
  secondFactor: "none",
  secondFactorSince: null,
  hasPassword: false,
  providers: [],
  sessions: 0,
  link: linkOf(expiresAt, now),
  isDemo: false,
});

/** Those by which somebody signs in. */
export const providersOf = (accounts: readonly { readonly providerId: string }[]): ProviderId[] =>
  PROVIDER_IDS.filter((id) => accounts.some(({ providerId }) => providerId === id));

function factorWithout(role: string | null, rule: SecondFactorRule): Person["secondFactor"] {
  const known = ROLES.find((each) => each === role);
  return known && asksSecondFactor(rule, known) ? "missing" : "none";
}

const linkOf = (expiresAt: Date, now: Date) => ({
  expiresAt: expiresAt.toISOString(),
  isExpired: expiresAt <= now,
});

/** Nobody has been made yet, a demo's people neither. */
export async function isWithoutPeople({ db }: { readonly db: PrismaClient }): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) === null;
}
