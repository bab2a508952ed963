import { addDays } from "../contracts/business-time.ts";
import type { Runtime } from "../runtime.ts";
import { makePartitionsAhead, monthOf } from "../store/partitions.ts";
import { type PruneOutcome, pruneLog } from "../store/prune-log.ts";
import { pruneOrders } from "../store/prune-orders.ts";
import { pruneDeadLetters, pruneNotices } from "../store/prune-rows.ts";

type Needs = Pick<Runtime, "pool" | "config" | "now" | "time">;

/** What a run let go of. */
export interface Pruned {
  readonly log: PruneOutcome;
  readonly orders: PruneOutcome;
  readonly deadLetters: number;
  readonly notices: number;
}

const DAY_MS = 86_400_000;
const NOTHING: PruneOutcome = { pruned: [], kept: [] };

/**
 * Lets go of what is older than the KEEP_ variables say, after making the partitions of the months to come. Whole months
 * go, so everything is kept for up to a month longer; figures, revisions, occurrences, cases and audit stay.
 */
export async function prune({ pool, config, now, time }: Needs): Promise<Pruned> {
  const at = now();
  await makePartitionsAhead(pool, time.dateOf(at));
  const cutoffOf = (keepMs: number) => monthOf(addDays(time.dateOf(at), -Math.ceil(keepMs / DAY_MS)));
  const { KEEP_LOG, KEEP_ORDERS, KEEP_DEAD_LETTERS, KEEP_NOTICES } = config;
  const orders = KEEP_ORDERS === 0 ? NOTHING : await pruneOrders(pool, cutoffOf(KEEP_ORDERS));
  const log = KEEP_LOG === 0 ? NOTHING : await pruneLog(pool, cutoffOf(KEEP_LOG), config.BUSINESS_TIME_ZONE);
  const before = (keepMs: number) => new Date(at - keepMs);
  return {
    log,
    orders,
    deadLetters: KEEP_DEAD_LETTERS === 0 ? 0 : await pruneDeadLetters(pool, before(KEEP_DEAD_LETTERS)),
    notices: KEEP_NOTICES === 0 ? 0 : await pruneNotices(pool, before(KEEP_NOTICES)),
  };
}
