import { hashPassword } from "better-auth/crypto";
import type { PrismaClient } from "../../prisma/client/client.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Role } from "./can.ts";
import { isDemoAddress } from "./in-force.ts";

/** A person as an administrator or the command line makes one. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly username?: string;
  readonly password: string;
  /** One of the demo's own people: they alone have addresses of its domain. */
  readonly isDemo?: true;
}

const SHORTEST_PASSWORD = 10;

/**
 * Makes a person with a password, in better-auth's own tables.
 * @returns the new id
 * @throws {InvalidInput} when the address or the user name is taken, the address is of the demo, or the password is too short
 */
export async function createPerson(db: Pick<PrismaClient, "user">, person: NewPerson): Promise<string> {
  requireLong(person.password);
  if (!person.isDemo) requireOwnAddress(person.email);
  const email = person.email.trim().toLowerCase();
  const username = person.username?.trim().toLowerCase() ?? null;
  const taken = await db.user.findFirst({
    where: { OR: [{ email }, ...(username === null ? [] : [{ username }])] },
  });
  if (taken) throw new InvalidInput("There is somebody with this e-mail address or user name already.");
  const id = crypto.randomUUID();
  const password = await hashPassword(person.password);
  await db.user.create({
    data: {
      id,
      email,
      name: person.name,
      emailVerified: true,
      role: person.role,
      username,
      displayUsername: person.username ?? null,
      accounts: { create: { id: crypto.randomUUID(), accountId: id, providerId: "credential", password } },
    },
  });
  return id;
}

/** Like createPerson, but leaves an existing person alone. */
export async function ensurePerson(db: Pick<PrismaClient, "user">, person: NewPerson): Promise<void> {
  const known = await db.user.findUnique({ where: { email: person.email.toLowerCase() } });
  if (!known) await createPerson(db, person);
}

/** @throws {InvalidInput} the address is of the demo's domain: whoever had it would count in a demo alone */
export function requireOwnAddress(email: string): void {
  if (!isDemoAddress(email)) return;
  throw new InvalidInput("Addresses of tidewatch.demo are the demo's own: give another one.", {
    field: "email",
  });
}

/**
 * Gives a person another password. Their sessions are the caller's to end, in the same transaction.
 * @throws {InvalidInput} when the password is too short
 */
export async function setPassword(
  db: Pick<PrismaClient, "account">,
  id: string,
  password: string,
): Promise<void> {
  requireLong(password);
  const hash = await hashPassword(password);
  const { count } = await db.account.updateMany({
    where: { userId: id, providerId: "credential" },
    data: { password: hash },
  });
  if (count > 0) return;
  await db.account.create({
    data: {
      id: crypto.randomUUID(),
      accountId: id,
      providerId: "credential",
      userId: id,
      password: hash,
    },
  });
}

function requireLong(password: string): void {
  if (password.length >= SHORTEST_PASSWORD) return;
  throw new InvalidInput(`The password needs at least ${SHORTEST_PASSWORD} characters.`, {
    field: "password",
  });
}
