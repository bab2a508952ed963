import { context } from "#server/context.ts";
import { closeBody } from "#server/contracts/api/retention.ts";
import { handle } from "#server/http/handle.ts";
import { closeCase } from "#server/retention/close-case.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: closeBody },
  ({ actor, params, version, body }) =>
    closeCase({ ctx: context(), actor, caseId: params.id ?? "", version }, body.outcome, body.note),
);
