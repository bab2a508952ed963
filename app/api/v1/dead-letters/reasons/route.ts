import { handle } from "../../../../../server/access/handle.ts";
import { deadLetterReasonsQuery } from "../../../../../server/contracts/api/dead-letters.ts";
import { deadLetterReasons } from "../../../../../server/queries/dead-letters.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLetterReasonsQuery }, ({ query }) =>
  deadLetterReasons(runtime(), query),
);
