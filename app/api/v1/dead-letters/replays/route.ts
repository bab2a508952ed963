import { handle } from "#server/http/handle.ts";
import { replayLetters } from "#server/dead-letters/replay-letters.ts";
import { replayLettersBody } from "#server/contracts/api/dead-letters.ts";
import { context } from "#server/context.ts";

export const POST = handle({ action: "dead-letters.mend", body: replayLettersBody }, ({ actor, body }) =>
  replayLetters(context(), actor, body),
);
