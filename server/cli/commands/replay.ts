import { parseStreamName } from "#server/contracts/streams.ts";
import { recordAct } from "#server/db/audit.ts";
import { InvalidInput } from "#server/lib/errors.ts";
import { NAMES_OF_FILES } from "#server/reader/media-type.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { type ReplayOptions, replayFile } from "../replay/replay-file.ts";
import { openTarget } from "../replay/target.ts";
import { ReplayTotal } from "../replay/total.ts";

const DEFAULT_BATCH = 2_000;

/** Feeds a recorded file to the system as a sender would, in file order. */
export const replay: Command = {
  usage: "replay FILE --stream NAME [--clock event|wall] [--speed 60] [--batch 2000 | --batch 1-500]",
  summary:
    "Sends a file (.csv, .json or an object a line; .gz, .zst) through the pipeline; --clock event replays old days as they were.",
  async run({ args, config, database, print }) {
    const options = replayOptions(args);
    const opened = await database();
    const target = await openTarget(config, opened);
    const total = new ReplayTotal();
    let isWhole = false;
    try {
      await replayFile(options, target, total);
      isWhole = true;
    } finally {
      // Also what was taken of a file that breaks off; and of an empty array, that it was nothing.
      if (isWhole || total.summary.received > 0)
        print(JSON.stringify({ stream: options.stream, ...total.summary }));
      await target.close();
      const { received, accepted, dispositions } = total.summary;
      const details = { received, accepted, dispositions, clock: options.eventClock ? "event" : "wall" };
      const subject = `stream ${options.stream}`;
      await recordAct(opened.pool, { actor: cliActor(), action: "stream.replay", subject, details });
    }
    refuse(total.summary);
  },
};

/** A file of which nothing was taken is no success. @throws {InvalidInput} */
function refuse({ received, accepted, rejected: [first] }: ReplayTotal["summary"]): void {
  if (received === 0 || accepted > 0) return;
  // A whole file of them is no file of bad lines, but one of another kind than its name says.
  const hint = first?.code === "bad_json" ? ` ${NAMES_OF_FILES}` : "";
  const why = first ? `: ${first.field === null ? "" : `${first.field}: `}${first.message}` : "";
  const what =
    received === 1
      ? `The only record${first ? `, in line ${first.line},` : ""} was not taken${why}. It is kept as a dead letter.`
      : `None of the ${received} records was taken${first ? `; the first, in line ${first.line}` : ""}${why}. They are kept as dead letters.`;
  throw new InvalidInput(`${what}${hint}`);
}

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
