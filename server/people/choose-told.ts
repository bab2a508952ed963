import type { PrismaClient } from "#prisma/client/client.ts";
import { toldKindsOf } from "../access/told-rights.ts";
import { TOLD_KINDS, type ToldChoices } from "../contracts/told.ts";
import { recordActIn } from "../db/audit.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Self } from "./own-account.ts";

/**
 * Chooses of what one is told by e-mail; what is not named stays. What was chosen already leaves no trace.
 * @throws {InvalidInput} one's role is not told of such things
 */
export async function chooseTold(db: PrismaClient, { id, role }: Self, choices: ToldChoices): Promise<void> {
  const own = toldKindsOf(role);
  const others = TOLD_KINDS.filter((kind) => choices[kind] !== undefined && !own.includes(kind));
  if (others.length > 0) {
    throw new InvalidInput(`Nobody of your role is told of ${others.join(", ")}.`, { field: "told" });
  }
  const chosen = JSON.stringify(choices);
  await db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      UPDATE "user" SET told = told || ${chosen}::jsonb WHERE id = ${id} AND NOT told @> ${chosen}::jsonb`;
    if (changed === 0) return;
    const subject = `person ${id}`;
    await recordActIn(tx, { actor: id, action: "person.choose-told", subject, details: { ...choices } });
  });
}
