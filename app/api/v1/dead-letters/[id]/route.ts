import { context } from "#server/context.ts";
import { deadLetter } from "#server/dead-letters/dead-letter.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "dead-letters.read" }, ({ params }) =>
  deadLetter(context(), params.id ?? ""),
);
