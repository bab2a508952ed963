import { handle } from "../../../../../server/access/handle.ts";
import { deadLetterReasons } from "../../../../../server/queries/dead-letters.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "dead-letters.read" }, () => deadLetterReasons(runtime()));
