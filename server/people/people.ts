import type { PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "../access/can.ts";
import { passwordTurns } from "../access/fair-turns.ts";
import { isDemoAddress } from "../access/in-force.ts";
import { hashPassword } from "../access/password-hash.ts";
import { requireGoodPassword } from "../access/password-rules.ts";
import { foldedName, mailAddress, personName, userName } from "../access/person-name.ts";
import { InvalidInput } from "../lib/errors.ts";

type People = Pick<PrismaClient, "user">;

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

/**
 * Makes a person with a password, in better-auth's own tables.
 * @returns the new id
 * @throws {InvalidInput} when the address, the user name or the name is taken or cannot be one, the address is of the demo, or the
 * password is no good
 */
export async function createPerson(db: People, person: NewPerson): Promise<string> {
  const { password, ...who } = person;
  return insertPerson(db, who, await hashOf(password, who));
}

/**
 * The hash of a password that is good for somebody. It takes its time, and its turn: never in a transaction that others wait for.
 * @throws {InvalidInput} the password is no good
 */
export async function hashOf(
  password: string,
  who: Parameters<typeof requireGoodPassword>[1] & { readonly isDemo?: true },
): Promise<string> {
  // The demo's password is told to everybody on the sign-in page.
  if (!who.isDemo) await requireGoodPassword(password, who);
  return hashInTurn(password);
}

/**
 * Like createPerson, with a password that is hashed already: nothing is asked of it.
 * @returns the new id
 * @throws {InvalidInput}
 */
export async function insertPerson(
  db: People,
  person: Omit<NewPerson, "password">,
  passwordHash: string,
): Promise<string> {
  const email = mailAddress(person.email);
  if (!person.isDemo) requireOwnAddress(email);
  const name = personName(person.name);
  const username = person.username === undefined ? null : userName(person.username);
  await requireFree(db, { email, username });
  if (!person.isDemo) await requireOwnName(db, name);
  const id = crypto.randomUUID();
  await db.user.create({
    data: {
      id,
      email,
      name,
      emailVerified: true,
      role: person.role,
      username,
      displayUsername: person.username?.trim() ?? null,
      accounts: {
        create: {
          id: crypto.randomUUID(),
          accountId: id,
          providerId: "credential",
          password: passwordHash,
        },
      },
    },
  });
  return id;
}

/** Like createPerson, but leaves an existing person alone. @returns the new id; null: there is that person */
export async function ensurePerson(db: People, person: NewPerson): Promise<string | null> {
  return (await hasPerson(db, person.email)) ? null : createPerson(db, person);
}

export async function hasPerson(db: People, email: string): Promise<boolean> {
  return (await db.user.findUnique({ where: { email: email.trim().toLowerCase() } })) !== null;
}

/**
 * A name for whom nobody has named: what stands before the @ of the address, or the whole address when somebody is called so.
 */
export async function nameFromAddress(db: People, email: string): Promise<string> {
  const short = email.trim().split("@")[0] ?? email;
  return (await isNameTaken(db, short)) ? email.trim() : short;
}

/** Whether somebody bears a name that looks like this one: another case or width makes no other name. */
export async function isNameTaken(db: People, name: string): Promise<boolean> {
  const folded = foldedName(name);
  const people = await db.user.findMany({ select: { name: true } });
  return people.some((each) => foldedName(each.name) === folded);
}

/** @throws {InvalidInput} somebody has this address or user name */
export async function requireFree(
  db: People,
  { email, username }: { readonly email: string; readonly username: string | null },
): Promise<void> {
  const taken = await db.user.findFirst({
    where: { OR: [{ email }, ...(username === null ? [] : [{ username }])] },
  });
  if (taken) throw new InvalidInput("There is somebody with this e-mail address or user name already.");
}

/** @throws {InvalidInput} somebody bears a name that looks like this one */
export async function requireOwnName(db: People, name: string): Promise<void> {
  if (!(await isNameTaken(db, name))) return;
  throw new InvalidInput("There is somebody with this name already: add what tells the two apart.", {
    field: "name",
  });
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
 * @throws {InvalidInput} when the password is no good
 */
export async function setPassword(
  db: Pick<PrismaClient, "account" | "user">,
  id: string,
  password: string,
): Promise<void> {
  await setPasswordHash(db, id, await hashOf(password, await db.user.findUniqueOrThrow({ where: { id } })));
}

/** The same with a hash that was made before. */
export async function setPasswordHash(
  db: Pick<PrismaClient, "account">,
  id: string,
  hash: string,
): Promise<void> {
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

/** Whoever makes people waits in one queue, beside those who sign in. */
const hashInTurn = (password: string): Promise<string> =>
  passwordTurns().run({ name: "people", lane: "known" }, () => hashPassword(password));
