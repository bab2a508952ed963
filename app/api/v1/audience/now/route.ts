import { handle } from "#server/http/handle.ts";
import { context } from "#server/context.ts";

export const GET = handle({ action: "audience.read" }, () => context().audience.current());
