import { context } from "#server/context.ts";
import { deadLetterReasonsQuery } from "#server/contracts/api/dead-letters.ts";
import { deadLetterReasons } from "#server/dead-letters/list-dead-letters.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLetterReasonsQuery }, ({ query }) =>
  deadLetterReasons(context(), query),
);
