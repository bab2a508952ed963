import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { claimCase } from "#server/retention/claim-case.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  claimCase({ ctx: context(), actor, caseId: params.id ?? "", version }),
);
