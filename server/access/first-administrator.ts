import { createHash, randomBytes } from "node:crypto";
import type { PrismaClient } from "../../prisma/client/client.ts";
import { Forbidden, InvalidInput } from "../lib/errors.ts";
import { createPerson, hasPerson, type NewPerson, nameFromAddress } from "./people.ts";

const SETTING = "first-administrator-token";
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** A password waits for its turn to be hashed, ms. */
const PATIENCE_MS = 30_000;

/**
 * Makes the administrator that the environment names; nothing when there is that person already.
 * @throws {InvalidInput} naming the variables: that person cannot be made
 */
export async function ensureInitialAdministrator(
  db: PrismaClient,
  email: string,
  password: string,
): Promise<void> {
  if (await hasPerson(db, email)) return;
  const name = await nameFromAddress(db, email);
  await createPerson(db, { email, password, name, role: "administrator" }).catch((error: unknown) => {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(`INIT_ADMIN_EMAIL and INIT_ADMIN_PASSWORD cannot be used: ${error.message}`);
  });
}

/**
 * A token for the one-time link that makes the first administrator; null when there is an administrator. Each start
 * makes a new one and the old one stops working.
 */
export async function issueFirstAdministratorToken(db: PrismaClient): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  const token = randomBytes(24).toString("base64url");
  const value = hashOf(token);
  await db.setting.upsert({ where: { key: SETTING }, update: { value }, create: { key: SETTING, value } });
  return token;
}

/** Whether this token still makes an administrator. */
export async function isFirstAdministratorToken(db: PrismaClient, token: string): Promise<boolean> {
  const found = await db.setting.findFirst({ where: { key: SETTING, value: { equals: hashOf(token) } } });
  return found !== null && !(await hasAdministrator(db));
}

/**
 * Spends the token: exactly one caller becomes the first administrator. Whoever cannot be made leaves the token good.
 * @throws {Forbidden} when the link was used already or is not the newest
 */
export async function makeFirstAdministrator(
  db: PrismaClient,
  token: string,
  person: Omit<NewPerson, "role">,
): Promise<string> {
  const spend = async (tx: Pick<PrismaClient, "setting" | "user">) => {
    const { count } = await tx.setting.deleteMany({
      where: { key: SETTING, value: { equals: hashOf(token) } },
    });
    if (count === 0 || (await hasAdministrator(tx))) {
      throw new Forbidden("This link has been used or replaced. Restart the system to get a new one.");
    }
    return createPerson(tx, { ...person, role: "administrator" });
  };
  return db.$transaction(spend, { timeout: PATIENCE_MS, maxWait: PATIENCE_MS });
}

async function hasAdministrator(db: Pick<PrismaClient, "user">): Promise<boolean> {
  return (await db.user.findFirst({ where: { role: "administrator" } })) !== null;
}
