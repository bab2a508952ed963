import { handle } from "#server/http/handle.ts";
import { retentionCounts } from "#server/retention/retention-counts.ts";
import { context } from "#server/context.ts";

export const GET = handle({ action: "retention.read" }, ({ actor }) => retentionCounts(context(), actor.id));
