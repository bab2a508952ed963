import { STREAM_NAMES, type StreamName } from "../server/contracts/streams.ts";
import { Refused } from "./back-off.ts";
import type { Client } from "./client.ts";
import type { Delivery } from "./delivery.ts";
import type { Timeline } from "./timeline.ts";

/** Longest stretch of simulated time in one request of a stream: keeps bodies, and the accepted times, fine. */
const STEP_MS = 1_800_000;
/** What arrives in the first moments of an hour still belongs to the last one, and is sent by itself: it is not late. */
const HOUR_TAIL_MS = 50_000;
/** Events older than this are sent with their own clock, as a replay. */
const REPLAY_BEHIND_MS = 300_000;

/** End of the step that begins at `at`, ms. Steps end with the half hours. */
export function nextStep(at: number): number {
  const into = at % STEP_MS;
  return into < HOUR_TAIL_MS ? at - into + HOUR_TAIL_MS : at - into + STEP_MS;
}

/** Sends what arrives in (after, upTo] of every stream, and resolves after the commits with the count of lines. */
export async function sendBetween(
  client: Client,
  timeline: Timeline,
  after: number,
  upTo: number,
): Promise<number> {
  const replay = Date.now() - upTo > REPLAY_BEHIND_MS;
  const lines = timeline.between(after, upTo).filter((line) => !replay || replayable(line));
  await Promise.all(
    STREAM_NAMES.map(async (stream) => {
      const own = lines.filter((line) => line.stream === stream);
      const last = own.at(-1);
      if (last) await ingest(client, stream, own, replay ? last.at : "wall");
    }),
  );
  return lines.length;
}

/** A body of nothing but spoilt lines may be refused as a whole; then it is done with. */
async function ingest(
  client: Client,
  stream: StreamName,
  lines: readonly Delivery[],
  clock: "wall" | number,
) {
  try {
    await client.ingest(stream, lines, clock);
  } catch (error) {
    if (!(error instanceof Refused) || lines.some((line) => !line.flaw)) throw error;
  }
}

/** With its own clock a line from the future would be believed, and the clock with it. */
const replayable = ({ flaw }: Delivery): boolean => flaw !== "event_in_future";
