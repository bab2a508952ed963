import { context } from "#server/context.ts";
import { replayLetterBody } from "#server/contracts/api/dead-letters.ts";
import { replayLetter } from "#server/dead-letters/replay-letter.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle(
  { action: "dead-letters.mend", body: replayLetterBody, ifMatch: true },
  ({ actor, params, version, body }) =>
    replayLetter(context(), actor, { id: params.id ?? "", version, ...body }),
);
