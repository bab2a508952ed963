import { handle } from "#server/access/handle.ts";
import { wipeDemo } from "#server/demo/wipe-demo.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "demo.wipe" }, async ({ actor }) => {
  const { token } = await wipeDemo(runtime(), actor);
  const setup = token === null ? null : `/setup?token=${token}`;
  if (setup)
    runtime().log.warn({ path: setup }, "the demo is wiped: open this path to make the first administrator");
  return { wiped: true, setup };
});
