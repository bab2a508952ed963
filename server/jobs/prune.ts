import type { Context } from "../context.ts";
import { addDays } from "../contracts/business-time.ts";
import { recordAct } from "../db/audit.ts";
import { makePartitionsAhead, monthOf } from "../db/partitions.ts";
import { emptyExpiredProposals, pruneAuditDetails, pruneNotices } from "../db/prune-rows.ts";
import { pruneDeadLetters } from "../dead-letters/prune-dead-letters.ts";
import { pruneImportRows } from "../key-users/prune-import-rows.ts";
import { type PruneOutcome, pruneLog } from "../streams/log/prune-log.ts";
import { pruneOrders } from "../streams/orders/tables/prune-orders.ts";

type Needs = Pick<Context, "pool" | "settings" | "now" | "time">;

/** What a run deleted. */
export interface Pruned {
  readonly log: PruneOutcome;
  readonly orders: PruneOutcome;
  readonly deadLetters: PruneOutcome;
  readonly notices: number;
  /** Rows of the import log. */
  readonly importRows: number;
  /** Of audit entries, which stay themselves. */
  readonly auditDetails: number;
}

const DAY_MS = 86_400_000;
const NOTHING: PruneOutcome = { pruned: [], kept: [] };

/**
 * Deletes what is older than the settings say, after making the partitions of the months to come. Whole months
 * go, so everything is kept for up to a month longer; figures, revisions, occurrences, cases and audit entries stay.
 * @param actor as audit rows name actors
 */
export async function prune({ pool, settings, now, time }: Needs, actor = "system"): Promise<Pruned> {
  const at = now();
  const config = await settings.inForce();
  await makePartitionsAhead(pool, time.dateOf(at));
  const cutoffOf = (keepMs: number) => monthOf(addDays(time.dateOf(at), -Math.ceil(keepMs / DAY_MS)));
  const { KEEP_LOG, KEEP_ORDERS, KEEP_DEAD_LETTERS, KEEP_NOTICES, KEEP_IMPORTS, KEEP_AUDIT_DETAILS } = config;
  const orders = KEEP_ORDERS === 0 ? NOTHING : await pruneOrders(pool, cutoffOf(KEEP_ORDERS));
  const log = KEEP_LOG === 0 ? NOTHING : await pruneLog(pool, cutoffOf(KEEP_LOG), config.BUSINESS_TIME_ZONE);
  const deadLetters =
    KEEP_DEAD_LETTERS === 0 ? NOTHING : await pruneDeadLetters(pool, cutoffOf(KEEP_DEAD_LETTERS));
  const notices = KEEP_NOTICES === 0 ? 0 : await pruneNotices(pool, new Date(at - KEEP_NOTICES));
  const importRows = KEEP_IMPORTS === 0 ? 0 : await pruneImportRows(pool, new Date(at - KEEP_IMPORTS));
  const auditDetails =
    KEEP_AUDIT_DETAILS === 0 ? 0 : await pruneAuditDetails(pool, new Date(at - KEEP_AUDIT_DETAILS));
  await emptyExpiredProposals(pool, new Date(at));
  const gone = [log, orders, deadLetters].flatMap(({ pruned }) => pruned);
  if (gone.length + notices + importRows + auditDetails > 0) {
    const details = { partitions: gone, notices, importRows, auditDetails };
    await recordAct(pool, { actor, action: "data.prune", subject: "installation", details });
  }
  return { log, orders, deadLetters, notices, importRows, auditDetails };
}
