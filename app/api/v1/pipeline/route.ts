import { handle } from "../../../../server/access/handle.ts";
import { pipelineStatus } from "../../../../server/queries/pipeline-status.ts";
import { runtime } from "../../../../server/runtime.ts";

export const GET = handle({ action: "pipeline.read" }, () => pipelineStatus(runtime()));
