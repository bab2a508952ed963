import { context } from "#server/context.ts";
import { wipeDemo } from "#server/demo/wipe-demo.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle({ action: "demo.wipe" }, async ({ actor }) => {
  const { token } = await wipeDemo(context(), actor);
  const setup = token === null ? null : `/setup?token=${token}`;
  if (setup)
    context().log.warn({ path: setup }, "the demo is wiped: open this path to make the first administrator");
  return { wiped: true, setup };
});
