import { handle } from "#server/access/handle.ts";
import { contactCase } from "#server/retention/contact-case.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  contactCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
