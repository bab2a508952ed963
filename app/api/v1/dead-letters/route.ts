import { handle } from "#server/access/handle.ts";
import { deadLettersQuery } from "#server/contracts/api/dead-letters.ts";
import { deadLetters } from "#server/dead-letters/list-dead-letters.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "dead-letters.read", query: deadLettersQuery }, ({ query }) =>
  deadLetters(runtime(), query),
);
