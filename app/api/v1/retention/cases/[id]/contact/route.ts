import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { contactCase } from "#server/retention/contact-case.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  contactCase({ ctx: context(), actor, caseId: params.id ?? "", version }),
);
