import { handle } from "#server/access/handle.ts";
import { discardLetters } from "#server/dead-letters/discard-letters.ts";
import { discardLettersBody } from "#server/contracts/api/dead-letters.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "dead-letters.mend", body: discardLettersBody }, ({ actor, body }) =>
  discardLetters(runtime(), actor, body),
);
