import { setTimeout as pause } from "node:timers/promises";
import type { StreamName } from "#server/contracts/streams.ts";
import { TooBusy, Unavailable } from "#server/lib/errors.ts";
import { cutPieces } from "#server/reader/cut-pieces.ts";
import type { Piece } from "#server/reader/cutter.ts";
import { openFile } from "./open-file.ts";
import { Pace } from "./pace.ts";
import type { ReplayClock, ReplayTarget, Sent } from "./replay-target.ts";
import type { ReplayTotal } from "./total.ts";

export interface ReplayOptions {
  readonly path: string;
  readonly stream: StreamName;
  readonly eventClock: boolean;
  /** Lines a batch. */
  readonly batch: () => number;
  /** How many times faster than it happened; null: as fast as it goes. */
  readonly speed: number | null;
}

/** Feeds a file to a target in file order, piece by piece. @throws {InvalidInput} nothing in the file can be read */
export async function replayFile(
  { path, stream, eventClock, batch, speed }: ReplayOptions,
  target: ReplayTarget,
  total: ReplayTotal,
): Promise<void> {
  const { format, bytes } = await openFile(path);
  const pace = speed === null ? null : new Pace(stream, speed);
  let clock: ReplayClock = eventClock ? { kind: "event", from: 0 } : { kind: "wall" };
  for await (const piece of cutPieces(bytes, format, batch)) {
    await pace?.wait(piece);
    const sent = await sendUntilAccepted(target, stream, piece, clock);
    if (sent.clock !== null) clock = { kind: "event", from: sent.clock };
    total.add(sent);
  }
}

/** How long one batch is offered again before the replay gives up, ms. */
const PATIENCE_MS = 120_000;

/** Sending the same again is always safe (rule C9). */
async function sendUntilAccepted(
  target: ReplayTarget,
  stream: StreamName,
  piece: Piece,
  clock: ReplayClock,
): Promise<Sent> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await target.send(stream, piece, clock);
    } catch (error) {
      if (!(error instanceof TooBusy || error instanceof Unavailable) || Date.now() > deadline) throw error;
      await pause(error.retryAfter * 1000);
    }
  }
}
