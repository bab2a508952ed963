import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "../access/can.ts";
import { DEMO_KEY } from "../access/demo-key.ts";
import { DEMO_PEOPLE_ONLY } from "../access/in-force.ts";
import { recordActIn } from "../db/audit.ts";
import { lockPeople, PEOPLE_PATIENCE } from "../people/lock-people.ts";
import { ensurePerson } from "../people/people.ts";
import { withdrawLinksOf } from "../people/withdraw-links.ts";

/** Everybody may know it: a demo holds nothing but invented data. */
export const DEMO_PASSWORD = "tidewatch-demo";

export const DEMO_PEOPLE: readonly { username: string; email: string; name: string; role: Role }[] = [
  { username: "ops", email: "ops@tidewatch.demo", name: "Olivia Park", role: "operations" },
  { username: "manager", email: "manager@tidewatch.demo", name: "Lin Wei", role: "manager" },
  { username: "admin", email: "admin@tidewatch.demo", name: "Ada Moreau", role: "administrator" },
  { username: "auditor", email: "auditor@tidewatch.demo", name: "Iris Novak", role: "auditor" },
];

/** The people of the demo, one of each role; made in demo mode only, once, whoever starts at the same time. */
export async function ensureDemoPeople(db: PrismaClient): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockPeople(tx);
    for (const person of DEMO_PEOPLE) {
      const id = await ensurePerson(tx, { ...person, password: DEMO_PASSWORD, isDemo: true });
      if (id === null) continue;
      const details = { role: person.role, by: "demo" };
      await recordActIn(tx, { actor: "system", action: "person.create", subject: `person ${id}`, details });
    }
  }, PEOPLE_PATIENCE);
}

/** Takes the demo's people, their sessions and the simulator's key away for good. */
export async function removeDemoPeople(db: Prisma.TransactionClient): Promise<void> {
  const people = await db.user.findMany({ where: DEMO_PEOPLE_ONLY, select: { id: true } });
  const ids = people.map(({ id }) => id);
  for (const id of ids) await withdrawLinksOf(db, id);
  await db.user.deleteMany({ where: DEMO_PEOPLE_ONLY });
  await db.apiKey.deleteMany({ where: { OR: [{ name: DEMO_KEY }, { createdBy: { in: ids } }] } });
}
