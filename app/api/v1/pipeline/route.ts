import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { pipelineStatus } from "#server/pipeline/pipeline-status.ts";

export const GET = handle({ action: "pipeline.read" }, () => pipelineStatus(context()));
