import { handle } from "#server/access/handle.ts";
import { pipelineStatus } from "#server/pipeline/pipeline-status.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "pipeline.read" }, () => pipelineStatus(runtime()));
