import type { Context } from "../context.ts";

/** Whether this installation holds the simulated insurer's data. */
export async function isDemo(ctx: Pick<Context, "db">): Promise<boolean> {
  const setting = await ctx.db.setting.findUnique({ where: { key: "demo" } });
  return setting?.value === true;
}
