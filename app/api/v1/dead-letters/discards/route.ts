import { context } from "#server/context.ts";
import { discardLettersBody } from "#server/contracts/api/dead-letters.ts";
import { discardLetters } from "#server/dead-letters/discard-letters.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle({ action: "dead-letters.mend", body: discardLettersBody }, ({ actor, body }) =>
  discardLetters(context(), actor, body),
);
