import { handle } from "../../../../server/access/handle.ts";
import { deadLettersQuery } from "../../../../server/contracts/api/dead-letters.ts";
import { deadLetters } from "../../../../server/queries/dead-letters.ts";
import { runtime } from "../../../../server/runtime.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLettersQuery }, ({ query }) =>
  deadLetters(runtime(), query),
);
