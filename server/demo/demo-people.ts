import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "../access/can.ts";
import { DEMO_KEY } from "../access/demo-key.ts";
import { DEMO_PEOPLE_ONLY } from "../access/in-force.ts";
import { lockPeople, PEOPLE_PATIENCE } from "../people/lock-people.ts";
import { ensurePerson } from "../people/people.ts";

/** Everybody may know it: a demo holds nothing but invented data. */
export const DEMO_PASSWORD = "tidewatch-demo";

export const DEMO_PEOPLE: readonly { username: string; email: string; name: string; role: Role }[] = [
  { username: "ops", email: "ops@tidewatch.demo", name: "Olivia Park", role: "operations" },
  { username: "manager", email: "manager@tidewatch.demo", name: "Lin Wei", role: "manager" },
  { username: "admin", email: "admin@tidewatch.demo", name: "Ada Moreau", role: "administrator" },
];

/** The three people of the demo; made in demo mode only, once, whoever starts at the same time. */
export async function ensureDemoPeople(db: PrismaClient): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockPeople(tx);
    for (const person of DEMO_PEOPLE) {
      await ensurePerson(tx, { ...person, password: DEMO_PASSWORD, isDemo: true });
    }
  }, PEOPLE_PATIENCE);
}

/** Takes the demo's people, their sessions and the simulator's key away for good. */
export async function removeDemoPeople(db: Pick<Prisma.TransactionClient, "user" | "apiKey">): Promise<void> {
  await db.user.deleteMany({ where: DEMO_PEOPLE_ONLY });
  await db.apiKey.deleteMany({ where: { name: DEMO_KEY } });
}
