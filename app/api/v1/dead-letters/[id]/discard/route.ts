import { context } from "#server/context.ts";
import { discardLetterBody } from "#server/contracts/api/dead-letters.ts";
import { discardLetter } from "#server/dead-letters/discard-letters.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle(
  { action: "dead-letters.mend", body: discardLetterBody, ifMatch: true },
  ({ actor, params, version, body }) =>
    discardLetter(context(), actor, { id: params.id ?? "", version, ...body }),
);
