import { context } from "#server/context.ts";
import { snoozeBody } from "#server/contracts/api/retention.ts";
import { handle } from "#server/http/handle.ts";
import { snoozeCase } from "#server/retention/snooze-case.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: snoozeBody },
  ({ actor, params, version, body }) =>
    snoozeCase({ ctx: context(), actor, caseId: params.id ?? "", version }, body.until),
);
