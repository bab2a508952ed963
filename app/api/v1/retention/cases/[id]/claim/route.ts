import { handle } from "#server/access/handle.ts";
import { claimCase } from "#server/retention/claim-case.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  claimCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
