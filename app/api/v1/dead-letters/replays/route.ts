import { context } from "#server/context.ts";
import { replayLettersBody } from "#server/contracts/api/dead-letters.ts";
import { replayLetters } from "#server/dead-letters/replay-letters.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle({ action: "dead-letters.mend", body: replayLettersBody }, ({ actor, body }) =>
  replayLetters(context(), actor, body),
);
