import { handle } from "#server/access/handle.ts";
import { sendAgain } from "#server/notifications/send-again.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "deliveries.send-again" }, ({ actor, params }) =>
  sendAgain(runtime(), actor, params.id ?? ""),
);
