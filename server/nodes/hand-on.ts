import { Readable } from "node:stream";
import type { IngestAnswer } from "../contracts/api/ingest.ts";
import type { IngestBody } from "../contracts/batch.ts";
import { Unavailable } from "../lib/errors.ts";
import { errorOf, type PlainError } from "../lib/plain-error.ts";
import { packed } from "./sent-body.ts";

/** Where nodes take bodies from one another. */
export const HAND_ON_PATH = "/cluster/ingest";
/** How often it is looked whether another node is the writer by now, ms. */
const LOOK_MS = 1_000;
/** A writer that has not answered for so long will not, ms. */
const PATIENCE_MS = 60_000;

export interface HandOn {
  /** Proves that the sender is a node of the same installation. */
  readonly key: string;
  /** Where the writer's node is; null: there is none at this moment. */
  readonly writerUrl: () => Promise<string | null>;
}

/**
 * Has the writer's node take a body; its answer and its refusals are those that its own senders get.
 * @throws {Unavailable} there is no writer, it cannot be reached, or another one took over while it was waited for; whether the body was
 * taken is not known, and it may be sent again (rule C9)
 */
export async function handOn({ key, writerUrl }: HandOn, body: IngestBody): Promise<IngestAnswer> {
  const url = await writerUrl();
  if (url === null) throw new Unavailable("There is no writer at this moment; send again.");
  const moved = new AbortController();
  const look = setInterval(() => {
    writerUrl().then(
      (now) => now !== url && moved.abort(),
      () => undefined, // the database is away: the writer says so itself, or ends
    );
  }, LOOK_MS);
  try {
    const response = await fetch(new URL(HAND_ON_PATH, url), {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/octet-stream" },
      body: Readable.toWeb(Readable.from(packed(body), { objectMode: false })) as BodyInit,
      duplex: "half",
      redirect: "error",
      signal: AbortSignal.any([moved.signal, AbortSignal.timeout(PATIENCE_MS)]),
    } as RequestInit);
    const answer: unknown = await response.json();
    if (response.ok) return answer as IngestAnswer;
    throw errorOf(answer as PlainError, "writer's node");
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)
      throw lost(error);
    throw error;
  } finally {
    clearInterval(look);
  }
}

function lost(cause: Error): Unavailable {
  const error = new Unavailable("The writer's node cannot be reached, or its answer got lost; send again.");
  error.cause = cause;
  return error;
}
