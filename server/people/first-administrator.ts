import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { DEMO_PEOPLE_ONLY } from "../access/in-force.ts";
import { recordActIn } from "../db/audit.ts";
import { Forbidden, InvalidInput } from "../lib/errors.ts";
import { hashOfToken, newLinkToken } from "./link-token.ts";
import { lockPeople, PEOPLE_PATIENCE } from "./lock-people.ts";
import {
  createPerson,
  hashOf,
  hasPerson,
  insertPerson,
  type NewPerson,
  nameFromAddress,
  requireOwnAddress,
} from "./people.ts";

const SETTING = "first-administrator-token";

/**
 * Makes the administrator that the environment names; nothing when there is that person already.
 * @throws {InvalidInput} naming the variables: that person cannot be made
 */
export async function ensureInitialAdministrator(
  db: PrismaClient,
  email: string,
  password: string,
): Promise<void> {
  requireOwnAddress(email);
  const make = async (tx: Prisma.TransactionClient) => {
    await lockPeople(tx);
    if (await hasPerson(tx, email)) return;
    const name = await nameFromAddress(tx, email);
    const id = await createPerson(tx, { email, password, name, role: "administrator" });
    await recordMade(tx, "system", id, "INIT_ADMIN_EMAIL");
  };
  await db.$transaction(make, PEOPLE_PATIENCE).catch((error: unknown) => {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(`INIT_ADMIN_EMAIL and INIT_ADMIN_PASSWORD cannot be used: ${error.message}`);
  });
}

/**
 * A token for the one-time link that makes the first administrator; null when there is an administrator. The demo's own
 * counts for none. Each start makes a new token and the old one stops working.
 */
export async function issueFirstAdministratorToken(
  db: Pick<PrismaClient, "user" | "setting">,
): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  const { token, hash: value } = newLinkToken();
  await db.setting.upsert({ where: { key: SETTING }, update: { value }, create: { key: SETTING, value } });
  return token;
}

/** Whether this token still makes an administrator. */
export async function isFirstAdministratorToken(db: PrismaClient, token: string): Promise<boolean> {
  const found = await db.setting.findFirst({
    where: { key: SETTING, value: { equals: hashOfToken(token) } },
  });
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
  if (!(await isFirstAdministratorToken(db, token))) throw spent();
  const { password, ...who } = person;
  const passwordHash = await hashOf(password, who);
  return db.$transaction(async (tx) => {
    const { count } = await tx.setting.deleteMany({
      where: { key: SETTING, value: { equals: hashOfToken(token) } },
    });
    if (count === 0 || (await hasAdministrator(tx))) throw spent();
    const id = await insertPerson(tx, { ...who, role: "administrator" }, passwordHash);
    await recordMade(tx, "anonymous", id, "first-administrator link");
    return id;
  }, PEOPLE_PATIENCE);
}

const spent = () =>
  new Forbidden("This link has been used or replaced. Restart the system to get a new one.");

function recordMade(tx: Prisma.TransactionClient, actor: string, id: string, by: string): Promise<void> {
  const details = { role: "administrator", by };
  return recordActIn(tx, { actor, action: "person.create", subject: `person ${id}`, details });
}

async function hasAdministrator(db: Pick<PrismaClient, "user">): Promise<boolean> {
  const where = { role: "administrator", disabledAt: null, NOT: DEMO_PEOPLE_ONLY };
  return (await db.user.findFirst({ where })) !== null;
}
