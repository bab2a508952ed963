import { setTimeout as pause } from "node:timers/promises";
import { parseStreamName, type StreamName } from "../../contracts/streams.ts";
import { TooBusy, Unavailable } from "../../lib/errors.ts";
import { cutPieces, type Piece } from "../../reader/cut-pieces.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { openFile } from "../replay/open-file.ts";
import { Pace } from "../replay/pace.ts";
import { openTarget, type ReplayClock, type ReplayTarget, type Sent } from "../replay/target.ts";
import { ReplayTotal } from "../replay/total.ts";

const DEFAULT_BATCH = 2_000;

interface ReplayOptions {
  readonly path: string;
  readonly stream: StreamName;
  readonly eventClock: boolean;
  /** Lines a batch. */
  readonly batch: () => number;
  /** How many times faster than it happened; null: as fast as it goes. */
  readonly speed: number | null;
}

/** Feeds a recorded file to the system as a sender would, in file order. */
export const replay: Command = {
  usage: "replay FILE --stream NAME [--clock event|wall] [--speed 60] [--batch 2000 | --batch 1-500]",
  summary:
    "Sends a file (.csv, .json or an object a line; .gz, .zst) through the pipeline; --clock event replays old days as they were.",
  async run({ args, config, database, print }) {
    const options = replayOptions(args);
    const target = await openTarget(config, await database());
    try {
      const total = await replayFile(options, target);
      print(JSON.stringify({ stream: options.stream, ...total }));
    } finally {
      await target.close();
    }
  },
};

function replayOptions(args: readonly string[]): ReplayOptions {
  const { values, options } = parseOptions(args, {
    stream: "text",
    clock: "text",
    speed: "text",
    batch: "text",
  });
  const [path, ...rest] = values;
  if (!path || rest.length > 0) throw new UsageError("Name one file; - reads standard input.");
  const stream = parseStreamName(options.stream ?? "");
  if (!stream) throw new UsageError("--stream is orders, premium-changes or page-views.");
  const clock = options.clock ?? "wall";
  if (clock !== "event" && clock !== "wall") throw new UsageError("--clock is event or wall.");
  const speed = options.speed === undefined ? null : Number(options.speed);
  if (speed !== null && !(speed > 0)) throw new UsageError("--speed is a number above 0, e.g. 60.");
  return { path, stream, eventClock: clock === "event", batch: batchSizes(options.batch), speed };
}

/** A fixed size, or a range to draw each batch's size from. */
function batchSizes(text: string | undefined): () => number {
  const match = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(text ?? String(DEFAULT_BATCH));
  if (!match) throw new UsageError("--batch is a number of lines, or a range such as 1-500.");
  const low = Number(match[1]);
  const high = Number(match[2] ?? low);
  return () => low + Math.floor(Math.random() * (high - low + 1));
}

async function replayFile({ path, stream, eventClock, batch, speed }: ReplayOptions, target: ReplayTarget) {
  const { format, bytes } = await openFile(path);
  const total = new ReplayTotal();
  const pace = speed === null ? null : new Pace(stream, speed);
  let clock: ReplayClock = eventClock ? { kind: "event", from: 0 } : { kind: "wall" };
  for await (const piece of cutPieces(bytes, format, batch)) {
    await pace?.wait(piece);
    const sent = await sendUntilAccepted(target, stream, piece, clock);
    if (sent.clock !== null) clock = { kind: "event", from: sent.clock };
    total.add(sent);
  }
  return total.summary;
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
