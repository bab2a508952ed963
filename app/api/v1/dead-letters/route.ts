import { context } from "#server/context.ts";
import { deadLettersQuery } from "#server/contracts/api/dead-letters.ts";
import { deadLetters } from "#server/dead-letters/list-dead-letters.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLettersQuery }, ({ query }) =>
  deadLetters(context(), query),
);
