import type { PipelineStatus, StreamStatus } from "#server/contracts/api/pipeline.ts";
import { DISPOSITIONS, type Disposition, STREAM_NAMES, type StreamName } from "#server/contracts/streams.ts";

/** One part of the bar that adds up to what was received. */
interface Segment {
  readonly disposition: Disposition;
  readonly count: number;
  /** 0 … 1 of the received. */
  readonly share: number;
}

/** One stream as the page shows it; `status` null: its figures are missing, which is an alarm. */
export interface StreamRow {
  readonly stream: StreamName;
  readonly status: StreamStatus | null;
  readonly segments: readonly Segment[];
  readonly sum: number;
  /** Whether the dispositions add up to what was received (docs/rules.md#dispositions). */
  readonly addsUp: boolean;
}

/** A row for each stream that there is, whether the server told of it or not. */
export function prepareStreams(status: Pick<PipelineStatus, "streams">): StreamRow[] {
  return STREAM_NAMES.map((stream) => {
    const found = status.streams.find((candidate) => candidate.stream === stream);
    return found ? told(found) : { stream, status: null, segments: [], sum: 0, addsUp: false };
  });
}

function told(status: StreamStatus): StreamRow {
  const sum = DISPOSITIONS.reduce((total, disposition) => total + status.dispositions[disposition], 0);
  const segments = DISPOSITIONS.map((disposition) => ({
    disposition,
    count: status.dispositions[disposition],
    share: sum === 0 ? 0 : status.dispositions[disposition] / sum,
  })).filter(({ count }) => count > 0);
  return { stream: status.stream, status, segments, sum, addsUp: sum === status.received };
}
