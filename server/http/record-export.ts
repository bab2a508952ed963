import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { AuditAction } from "../contracts/audit-actions.ts";
import { recordAct } from "../db/audit.ts";

/** Notes that somebody takes data out as a file, before it goes. What was searched for stays out: it may name a customer. */
export async function recordExport(
  { pool }: Pick<Context, "pool">,
  actor: Pick<Actor, "id">,
  action: Extract<AuditAction, `${string}.export`>,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAct(pool, { actor: actor.id, action, subject: "installation", details });
}
