import { handle } from "../../../../../../../server/access/handle.ts";
import { releaseCase } from "../../../../../../../server/commands/release-case.ts";
import { runtime } from "../../../../../../../server/runtime.ts";

export const POST = handle({ action: "retention.work", ifMatch: true }, ({ actor, params, version }) =>
  releaseCase({ rt: runtime(), actor, caseId: params.id ?? "", version }),
);
