import { handle } from "#server/access/handle.ts";
import { retentionCounts } from "#server/retention/retention-counts.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "retention.read" }, ({ actor }) => retentionCounts(runtime(), actor.id));
