import { handle } from "../../../../../../server/access/handle.ts";
import { discardLetter } from "../../../../../../server/commands/discard-letters.ts";
import { discardLetterBody } from "../../../../../../server/contracts/api/dead-letters.ts";
import { runtime } from "../../../../../../server/runtime.ts";

export const POST = handle(
  { action: "dead-letters.mend", body: discardLetterBody, ifMatch: true },
  ({ actor, params, version, body }) =>
    discardLetter(runtime(), actor, { id: params.id ?? "", version, ...body }),
);
