import { handle } from "#server/access/handle.ts";
import { closeCase } from "#server/retention/close-case.ts";
import { closeBody } from "#server/contracts/api/retention.ts";
import { runtime } from "#server/context.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: closeBody },
  ({ actor, params, version, body }) =>
    closeCase({ rt: runtime(), actor, caseId: params.id ?? "", version }, body.outcome, body.note),
);
