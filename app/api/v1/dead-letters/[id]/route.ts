import { handle } from "#server/access/handle.ts";
import { deadLetter } from "#server/dead-letters/dead-letter.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "dead-letters.read" }, ({ params }) =>
  deadLetter(runtime(), params.id ?? ""),
);
