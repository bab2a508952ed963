import { handle } from "../../../../../server/access/handle.ts";
import { retentionCounts } from "../../../../../server/queries/retention-counts.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "retention.read" }, ({ actor }) => retentionCounts(runtime(), actor.id));
