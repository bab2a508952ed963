import { handle } from "../../../../../server/access/handle.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "audience.read" }, () => runtime().audience.current());
