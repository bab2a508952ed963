import type { Context } from "../context.ts";
import { repeat } from "../lib/repeat.ts";
import { type Pruned, prune } from "./prune.ts";

type Needs = Pick<Context, "pool" | "config" | "now" | "time" | "writer" | "log">;

/** How often a look is taken at whether the night has come, ms. */
const RHYTHM_MS = 60_000;
/** Business hour from which on it may run: the night's verification has begun by then. */
const FROM_HOUR = 4;

/** Prunes once a night, where the writer is. @returns null when it is not the time */
export async function pruneNightly(ctx: Needs): Promise<Pruned | null> {
  const today = ctx.time.dateOf(ctx.now());
  if (ctx.writer.status().state !== "leading") return null;
  if (Number(ctx.time.hourOf(ctx.now()).slice(8)) < FROM_HOUR) return null;
  const { rowCount } = await ctx.pool.query(
    "SELECT 1 FROM setting WHERE key = 'pruned' AND value->>'ranOn' = $1",
    [today],
  );
  if (rowCount) return null;
  const pruned = await prune(ctx);
  ctx.log.info(pruned, "what is older than the KEEP_ variables say was let go of");
  await ctx.pool.query(
    `INSERT INTO setting (key, value) VALUES ('pruned', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify({ ranOn: today, at: new Date(ctx.now()).toISOString(), ...pruned })],
  );
  return pruned;
}

/** Prunes each night from now on. @returns its stop */
export function keepPruning(ctx: Needs): () => Promise<void> {
  const turn = () =>
    pruneNightly(ctx).catch((error: unknown) =>
      ctx.log.warn({ err: error }, "nothing was let go of; tried again in a minute"),
    );
  return repeat(turn, RHYTHM_MS);
}
