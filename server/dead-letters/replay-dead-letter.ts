import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { ReplayDeadLetterBody, ReplayedDeadLetter } from "../contracts/api/dead-letters.ts";
import type { Disposition } from "../contracts/streams.ts";
import { Conflict } from "../lib/errors.ts";
import { requestAddress } from "../lib/request-address.ts";
import { findDeadLetter } from "./dead-letter.ts";
import { DEAD_LETTER_PURPOSE, openLine } from "./dead-letter-line.ts";
import { bodyOf, editLine } from "./edit-line.ts";

type Needs = Pick<Context, "pool" | "cipher" | "engine" | "config" | "now">;

/**
 * Sends a dead letter's line through the ingest path again, edited or as it stands. Its event and the dead letter's new state commit
 * together; refused again, it stays open with the new reason.
 * @param version the one that the person saw
 * @throws {NotFound | InvalidInput}
 * @throws {Conflict} it is not open any more, or somebody was faster
 * @throws {TooBusy | Unavailable} as every sender may hear it; the same request may be sent again
 */
export async function replayDeadLetter(
  ctx: Needs,
  actor: Pick<Actor, "id">,
  { id, version, fields = {}, reason = null }: DeadLetterReplay,
): Promise<ReplayedDeadLetter> {
  const { deadLetter, line } = await findDeadLetter(ctx, id);
  if (deadLetter.state !== "open" || deadLetter.version !== version) throw changed(deadLetter);
  const names = Object.keys(fields);
  const currentLine = openLine(ctx.cipher, line);
  const sent = names.length > 0 ? editLine(deadLetter.stream, currentLine, fields) : currentLine;
  const edited = names.length > 0 ? ctx.cipher.seal(sent, DEAD_LETTER_PURPOSE) : null;
  const answer = await ctx.engine
    .ingest({
      stream: deadLetter.stream,
      format: "ndjson",
      bytes: bodyOf([sent]),
      clock: { kind: "wall", now: ctx.now(), skewMs: ctx.config.MAX_FUTURE_SKEW_MS },
      replay: {
        deadLetters: [{ id, version, edited }],
        actor: actor.id,
        address: requestAddress(),
        reason,
        subject: `dead letter ${id}`,
        fields: names,
      },
    })
    .catch(async (error: unknown) => {
      throw error instanceof Conflict ? changed((await findDeadLetter(ctx, id)).deadLetter) : error;
    });
  const ended = Object.entries(answer.dispositions).find(([, count]) => count > 0);
  return {
    disposition: (ended?.[0] ?? "rejected") as Disposition,
    deadLetter: (await findDeadLetter(ctx, id)).deadLetter,
  };
}

export interface DeadLetterReplay {
  readonly id: string;
  readonly version: number;
  readonly fields?: ReplayDeadLetterBody["fields"];
  readonly reason?: string | null | undefined;
}

const changed = (current: { readonly state: string }): Conflict =>
  new Conflict(
    current.state === "open"
      ? "Somebody changed this dead letter after you saw it."
      : `This dead letter has been ${current.state}.`,
    current,
  );
