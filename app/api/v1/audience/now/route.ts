import { handle } from "#server/access/handle.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "audience.read" }, () => runtime().audience.current());
