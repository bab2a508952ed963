import { setTimeout as pause } from "node:timers/promises";
import { noDispositions, parseStreamName, type StreamName } from "../../contracts/streams.ts";
import { TooBusy, Unavailable } from "../../lib/errors.ts";
import { recordAct } from "../../store/audit.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { readLines } from "../replay/read-lines.ts";
import { openTarget, type ReplayClock, type ReplayTarget, type Sent } from "../replay/target.ts";

const DEFAULT_BATCH = 2_000;
/** Keeps a batch well below the body limit, characters. */
const MAX_BATCH_LENGTH = 8_000_000;

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
    "Sends a file (NDJSON or CSV; .gz, .zst) through the pipeline; --clock event replays old days as they were.",
  async run({ args, config, database, print }) {
    const options = replayOptions(args);
    const opened = await database();
    const target = await openTarget(config, opened);
    const total = { received: 0, accepted: 0, dispositions: noDispositions() };
    try {
      await replayFile(options, target, total);
      print(JSON.stringify({ stream: options.stream, ...total }));
    } finally {
      await target.close();
      const details = { ...total, clock: options.eventClock ? "event" : "wall" };
      const subject = `stream ${options.stream}`;
      await recordAct(opened.pool, { actor: cliActor(), action: "stream.replay", subject, details });
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

type Total = { -readonly [N in "received" | "accepted" | "dispositions"]: Sent[N] };

/** @param total counts what was sent, also when it is broken off */
async function replayFile(options: ReplayOptions, target: ReplayTarget, total: Total): Promise<void> {
  const pace = options.speed === null ? null : new Pace(options.stream, options.speed);
  let clock: ReplayClock = options.eventClock ? { kind: "event", from: 0 } : { kind: "wall" };
  for await (const lines of batches(options.path, options.batch)) {
    await pace?.wait(lines[0] ?? "");
    const sent = await sendUntilAccepted(target, options.stream, lines.join("\n"), clock);
    if (sent.clock !== null) clock = { kind: "event", from: sent.clock };
    total.received += sent.received;
    total.accepted += sent.accepted;
    for (const [name, count] of Object.entries(sent.dispositions)) {
      total.dispositions[name as keyof typeof total.dispositions] += count;
    }
  }
}

async function* batches(path: string, size: () => number): AsyncGenerator<string[]> {
  let lines: string[] = [];
  let length = 0;
  let wanted = size();
  for await (const line of readLines(path)) {
    lines.push(line);
    length += line.length;
    if (lines.length < wanted && length < MAX_BATCH_LENGTH) continue;
    yield lines;
    lines = [];
    length = 0;
    wanted = size();
  }
  if (lines.length > 0) yield lines;
}

/** How long one batch is offered again before the replay gives up, ms. */
const PATIENCE_MS = 120_000;

/** Sending the same again is always safe (rule C9). */
async function sendUntilAccepted(
  target: ReplayTarget,
  stream: StreamName,
  body: string,
  clock: ReplayClock,
): Promise<Sent> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await target.send(stream, body, clock);
    } catch (error) {
      if (!(error instanceof TooBusy || error instanceof Unavailable) || Date.now() > deadline) throw error;
      await pause(error.retryAfter * 1000);
    }
  }
}

/** Holds batches back so that event time passes `speed` times as fast as the clock. */
class Pace {
  readonly #field: string;
  readonly #speed: number;
  #start: { readonly clock: number; readonly event: number } | null = null;

  constructor(stream: StreamName, speed: number) {
    this.#field = stream === "page_views" ? "log_time" : "gmt_modified";
    this.#speed = speed;
  }

  async wait(line: string): Promise<void> {
    const event = this.#timeOf(line);
    if (event === null) return;
    this.#start ??= { clock: Date.now(), event };
    const due = this.#start.clock + (event - this.#start.event) / this.#speed;
    if (due > Date.now()) await pause(due - Date.now());
  }

  /** A malformed line has no time; the batch goes at once and the server says what is wrong with it. */
  #timeOf(line: string): number | null {
    try {
      const value = Number((JSON.parse(line) as Record<string, unknown>)[this.#field]);
      if (!Number.isFinite(value)) return null;
      return value < 100_000_000_000 ? value * 1000 : value;
    } catch {
      return null;
    }
  }
}
