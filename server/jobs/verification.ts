import type { Context } from "../context.ts";
import { type LastRun, lastRun } from "./last-run.ts";

/** What the newest verification found. */
export type Verification = LastRun<{
  readonly days: number;
  /** Figures that are not what the log gives. */
  readonly differences: number;
  /** Business dates that have some; verified anew each night until they have none. */
  readonly wrong: readonly string[];
  /** Commit position up to which figures have been verified. */
  readonly position: number;
}>;

/** null: none yet. */
export const readVerification = (ctx: Pick<Context, "pool">): Promise<Verification | null> =>
  lastRun(ctx, "verify-days");
