import { handle } from "#server/access/handle.ts";
import { snoozeCase } from "#server/retention/snooze-case.ts";
import { snoozeBody } from "#server/contracts/api/retention.ts";
import { runtime } from "#server/context.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: snoozeBody },
  ({ actor, params, version, body }) =>
    snoozeCase({ rt: runtime(), actor, caseId: params.id ?? "", version }, body.until),
);
