import { handle } from "../../../../../server/access/handle.ts";
import { replayLetters } from "../../../../../server/commands/replay-letters.ts";
import { replayLettersBody } from "../../../../../server/contracts/api/dead-letters.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const POST = handle({ action: "dead-letters.mend", body: replayLettersBody }, ({ actor, body }) =>
  replayLetters(runtime(), actor, body),
);
