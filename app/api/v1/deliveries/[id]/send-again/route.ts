import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { sendAgain } from "#server/notifications/send-again.ts";

export const POST = handle({ action: "deliveries.send-again" }, ({ actor, params }) =>
  sendAgain(context(), actor, params.id ?? ""),
);
