import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { reopenCase } from "#server/retention/reopen-case.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  reopenCase({ ctx: context(), actor, caseId: params.id ?? "", version }),
);
