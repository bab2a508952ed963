import { handle } from "#server/access/handle.ts";
import { reopenCase } from "#server/retention/reopen-case.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  reopenCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
