import { handle } from "#server/http/handle.ts";
import { deadLetter } from "#server/dead-letters/dead-letter.ts";
import { context } from "#server/context.ts";

export const GET = handle({ action: "dead-letters.read" }, ({ params }) =>
  deadLetter(context(), params.id ?? ""),
);
