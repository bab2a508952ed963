import { defineRoute } from "../http/define-route.ts";
import { pipelineStatus } from "./pipeline-status.ts";

export const PIPELINE_ROUTES = [
  defineRoute({
    tag: "Pipeline",
    method: "GET",
    path: "/api/v1/pipeline",
    summary: "Streams, writer, outbox, sockets, dead letters",
    right: "pipeline.read",
    answer: { schema: "PipelineStatus" },
    handle: ({ ctx }) => pipelineStatus(ctx),
  }),
];
