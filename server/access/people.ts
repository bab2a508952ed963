import { hashPassword } from "better-auth/crypto";
import type { PrismaClient } from "../../prisma/client/client.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Role } from "./can.ts";

/** A person as an administrator or the command line makes one. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly username?: string;
  readonly password: string;
}

const SHORTEST_PASSWORD = 10;

/**
 * Makes a person with a password, in better-auth's own tables.
 * @returns the new id
 * @throws {InvalidInput} when the address or the user name is taken, or the password is too short
 */
export async function createPerson(db: Pick<PrismaClient, "user">, person: NewPerson): Promise<string> {
  if (person.password.length < SHORTEST_PASSWORD) {
    throw new InvalidInput(`The password needs at least ${SHORTEST_PASSWORD} characters.`, {
      field: "password",
    });
  }
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
export async function ensurePerson(db: PrismaClient, person: NewPerson): Promise<void> {
  const known = await db.user.findUnique({ where: { email: person.email.toLowerCase() } });
  if (!known) await createPerson(db, person);
}
