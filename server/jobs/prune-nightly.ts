import { repeat } from "../lib/repeat.ts";
import type { Runtime } from "../context.ts";
import { type Pruned, prune } from "./prune.ts";

type Needs = Pick<Runtime, "pool" | "config" | "now" | "time" | "writer" | "log">;

/** How often a look is taken at whether the night has come, ms. */
const RHYTHM_MS = 60_000;
/** Business hour from which on it may run: the night's verification has begun by then. */
const FROM_HOUR = 4;

/** Prunes once a night, where the writer is. @returns null when it is not the time */
export async function pruneNightly(rt: Needs): Promise<Pruned | null> {
  const today = rt.time.dateOf(rt.now());
  if (rt.writer.status().state !== "leading") return null;
  if (Number(rt.time.hourOf(rt.now()).slice(8)) < FROM_HOUR) return null;
  const { rowCount } = await rt.pool.query(
    "SELECT 1 FROM setting WHERE key = 'pruned' AND value->>'ranOn' = $1",
    [today],
  );
  if (rowCount) return null;
  const pruned = await prune(rt);
  rt.log.info(pruned, "what is older than the KEEP_ variables say was let go of");
  await rt.pool.query(
    `INSERT INTO setting (key, value) VALUES ('pruned', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify({ ranOn: today, at: new Date(rt.now()).toISOString(), ...pruned })],
  );
  return pruned;
}

/** Prunes each night from now on. @returns its stop */
export function keepPruning(rt: Needs): () => Promise<void> {
  const turn = () =>
    pruneNightly(rt).catch((error: unknown) =>
      rt.log.warn({ err: error }, "nothing was let go of; tried again in a minute"),
    );
  return repeat(turn, RHYTHM_MS);
}
