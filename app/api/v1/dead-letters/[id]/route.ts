import { handle } from "../../../../../server/access/handle.ts";
import { deadLetter } from "../../../../../server/queries/dead-letter.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "dead-letters.read" }, ({ params }) =>
  deadLetter(runtime(), params.id ?? ""),
);
