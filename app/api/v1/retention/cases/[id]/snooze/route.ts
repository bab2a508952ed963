import { handle } from "../../../../../../../server/access/handle.ts";
import { snoozeCase } from "../../../../../../../server/commands/snooze-case.ts";
import { snoozeBody } from "../../../../../../../server/contracts/api/retention.ts";
import { runtime } from "../../../../../../../server/runtime.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: snoozeBody },
  ({ actor, params, version, body }) =>
    snoozeCase({ rt: runtime(), actor, caseId: params.id ?? "", version }, body.until),
);
