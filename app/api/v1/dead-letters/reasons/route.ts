import { handle } from "#server/access/handle.ts";
import { deadLetterReasonsQuery } from "#server/contracts/api/dead-letters.ts";
import { deadLetterReasons } from "#server/dead-letters/list-dead-letters.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLetterReasonsQuery }, ({ query }) =>
  deadLetterReasons(runtime(), query),
);
