import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { retentionCounts } from "#server/retention/retention-counts.ts";

export const GET = handle({ action: "retention.read" }, ({ actor }) => retentionCounts(context(), actor.id));
