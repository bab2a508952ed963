import { defineRoute } from "../http/define-route.ts";
import { wipeDemo } from "./wipe-demo.ts";

export const DEMO_ROUTES = [
  defineRoute({
    tag: "System",
    method: "POST",
    path: "/api/v1/demo/wipe",
    summary: "Ends a demo and removes its data",
    right: "demo.wipe",
    answer: { schema: "Wiped" },
    handle: async ({ ctx, actor }) => {
      const { token } = await wipeDemo(ctx, actor);
      const setup = token === null ? null : `/setup?token=${token}`;
      if (setup) {
        ctx.log.warn({ path: setup }, "the demo is wiped: open this path to make the first administrator");
      }
      return { wiped: true, setup };
    },
  }),
];
