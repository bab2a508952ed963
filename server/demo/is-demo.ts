import type { Runtime } from "../context.ts";

/** Whether this installation holds the simulated insurer's data. */
export async function isDemo(rt: Pick<Runtime, "db">): Promise<boolean> {
  const setting = await rt.db.setting.findUnique({ where: { key: "demo" } });
  return setting?.value === true;
}
