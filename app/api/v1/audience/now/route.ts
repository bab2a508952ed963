import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "audience.read" }, () => context().audience.current());
