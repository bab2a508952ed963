import { handle } from "../../../../../../server/access/handle.ts";
import { sendAgain } from "../../../../../../server/commands/send-again.ts";
import { runtime } from "../../../../../../server/runtime.ts";

export const POST = handle({ action: "deliveries.send-again" }, ({ actor, params }) =>
  sendAgain(runtime(), actor, params.id ?? ""),
);
