import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { releaseCase } from "#server/retention/release-case.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  releaseCase({ ctx: context(), actor, caseId: params.id ?? "", version }),
);
