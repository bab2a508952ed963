import { handle } from "../../../../../server/access/handle.ts";
import { wipeDemo } from "../../../../../server/commands/wipe-demo.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const POST = handle({ action: "demo.wipe" }, async ({ actor }) => {
  await wipeDemo(runtime(), actor);
  return { wiped: true };
});
