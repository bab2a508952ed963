import { handle } from "#server/http/handle.ts";
import { discardLetters } from "#server/dead-letters/discard-letters.ts";
import { discardLettersBody } from "#server/contracts/api/dead-letters.ts";
import { context } from "#server/context.ts";

export const POST = handle({ action: "dead-letters.mend", body: discardLettersBody }, ({ actor, body }) =>
  discardLetters(context(), actor, body),
);
