import { recordAct } from "#server/db/audit.ts";
import type { AuthContext } from "../auth-context.ts";
import { recoveryCodesLeft } from "./recovery-codes.ts";

/** The audit row of a recovery code that was used; it tells how many are left. */
export async function recordRecovery({ db, pool, secret }: AuthContext, personId: string): Promise<void> {
  const left = await recoveryCodesLeft(db, secret, personId);
  const subject = `person ${personId}`;
  await recordAct(pool, {
    actor: personId,
    action: "second-factor.recovery-used",
    subject,
    details: { left },
  });
}
