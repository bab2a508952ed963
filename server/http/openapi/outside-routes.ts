import { STREAM_NAMES, streamPath } from "#server/contracts/streams.ts";
import type { Operation, RequestBody } from "../operation.ts";

const EVENTS: RequestBody = {
  types: ["application/x-ndjson", "application/json", "text/csv"],
  description:
    "Events with the original column names: one JSON object a line, an array of objects, or CSV with a header. " +
    "Content-Encoding may be gzip or zstd. Of a body that is a part of a file, Tidewatch-Lines-Before tells how many lines " +
    "come before it: rejects then name the lines of the file.",
};

const INGEST: readonly Operation[] = STREAM_NAMES.map((stream) => ({
  tag: "Ingest",
  method: "POST",
  path: `/ingest/${streamPath(stream)}`,
  summary: `Sends events of the stream ${stream}; answered after the commit`,
  right: "ingest.write",
  body: EVENTS,
  answer: { schema: "IngestAnswer" },
}));

const PROBES: readonly Operation[] = [
  ["/healthz", "Alive, without touching the database", "application/json"] as const,
  ["/readyz", "Ready to serve and to ingest; 503 with the reasons otherwise", "application/json"] as const,
  ["/metrics", "Figures for Prometheus", "text/plain"] as const,
].map(([path, summary, type]) => ({
  tag: "System",
  method: "GET",
  path,
  summary,
  right: "open",
  answer: { type },
}));

/** What is answered before any route is asked: senders' requests and probes. */
export const OUTSIDE_ROUTES: readonly Operation[] = [...INGEST, ...PROBES];
