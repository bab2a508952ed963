import { handle } from "#server/access/handle.ts";
import { releaseCase } from "#server/retention/release-case.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  releaseCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
