import { recordAct } from "#server/db/audit.ts";
import { Unauthenticated } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import type { Said } from "../refusal-log.ts";
import { codeRefusal, lookAtCode } from "./look-at-code.ts";
import { recordRecovery } from "./record-recovery.ts";
import type { Person } from "./with-password.ts";

/**
 * Gives a session the second factor that its person has enrolled, and that it was begun without.
 * @throws {InvalidInput} the code is wrong, or was used already
 * @throws {TooBusy}
 */
export async function giveSecondFactor(
  ctx: AuthContext,
  request: Request,
  { code }: { readonly code: string },
  { person: { id, sessionId }, says }: { readonly person: Person; readonly says: Exclude<Said, "password"> },
): Promise<Response> {
  const response = await lookAtCode(ctx, request, { personId: id, code, says, at: "second-factor" });
  if (response.status >= 500) return response;
  if (!response.ok) throw (await codeRefusal(response)) ?? new Unauthenticated();
  await ctx.db.session.updateMany({ where: { id: sessionId }, data: { secondFactorAt: new Date() } });
  await recordAct(ctx.pool, {
    actor: id,
    action: "second-factor.give",
    subject: `person ${id}`,
    details: { secondFactor: says },
  });
  if (says === "recovery code") await recordRecovery(ctx, id);
  return response;
}
