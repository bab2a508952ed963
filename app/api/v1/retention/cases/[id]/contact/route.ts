import { handle } from "../../../../../../../server/access/handle.ts";
import { contactCase } from "../../../../../../../server/commands/contact-case.ts";
import { runtime } from "../../../../../../../server/runtime.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  contactCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
