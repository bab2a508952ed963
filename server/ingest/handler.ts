import type { IncomingMessage, ServerResponse } from "node:http";
import { senderHeaders } from "../access/sender-headers.ts";
import type { IngestAnswer } from "../contracts/api/ingest.ts";
import type { BatchClock, Engine } from "../contracts/batch.ts";
import { parseStreamName } from "../contracts/streams.ts";
import { bearerOf } from "../lib/bearer.ts";
import { Forbidden, MethodNotAllowed, NotFound, Unauthenticated, unknownKey } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { type ProblemAnswer, problemOf, sendProblem } from "../lib/problem.ts";
import { LIMITS } from "../reader/limits.ts";
import { formatOf } from "../reader/media-type.ts";
import { CLOCK_HEADER, eventClockOf } from "./clock-header.ts";
import { Intake } from "./intake.ts";
import { LINES_HEADER, linesBeforeOf } from "./lines-header.ts";
import { drain, readBody } from "./read-body.ts";

export interface IngestDependencies {
  readonly engine: Engine;
  /** Who the bearer is, and what they may do; null: nobody that we know. */
  readonly senderOf: (headers: Headers) => Promise<Sender | null>;
  readonly maxFutureSkewMs: number;
  readonly now: () => number;
  readonly log: Log;
}

export interface Sender {
  /** As audit rows name actors. */
  readonly id: string;
  readonly write: boolean;
  readonly replay: boolean;
}

const PREFIX = "/ingest/";
const METHODS = ["POST"];
/** Refusals of those who did not prove that they may send. */
const STRANGE = new Set([401, 403, 404, 405]);

/** Serves POST /ingest/<stream>; answers false, untouched, for any other path. */
export function createIngestHandler(
  dependencies: IngestDependencies,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const intake = new Intake();
  return async (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (path !== "/ingest" && !path.startsWith(PREFIX)) return false;
    if (request.method === "OPTIONS" && parseStreamName(path.slice(PREFIX.length))) {
      response.writeHead(204, { allow: [...METHODS, "OPTIONS"].join(", ") }).end();
      return true;
    }
    try {
      const answer = await ingest(request, path.slice(PREFIX.length), dependencies, intake);
      send(response, answer);
    } catch (error) {
      await refuse(request, response, problemOf(error, dependencies.log));
    }
    return true;
  };
}

function send(response: ServerResponse, answer: IngestAnswer): void {
  if (response.destroyed) return;
  const text = JSON.stringify(answer);
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

/**
 * Answers with a problem. A body that is still arriving is read to its end first, within bounds: a sender whose
 * connection is cut while it sends would never see the answer. A stranger has narrow ones.
 */
async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  problem: ProblemAnswer,
): Promise<void> {
  const bounds = STRANGE.has(problem.status) ? LIMITS.strange : LIMITS.known;
  const isWhole = request.complete || (await drain(request, bounds));
  // What is left of an unread body would be taken for the next request.
  const connection = isWhole ? {} : { connection: "close" };
  sendProblem(response, problem, connection);
}

async function ingest(
  request: IncomingMessage,
  name: string,
  dependencies: IngestDependencies,
  intake: Intake,
): Promise<IngestAnswer> {
  const stream = parseStreamName(name);
  if (!stream) throw new NotFound("There are the streams orders, premium-changes and page-views.");
  if (request.method !== "POST") throw new MethodNotAllowed(METHODS);
  const { sender, clock } = await authorised(request, dependencies);
  const format = formatOf(request.headers["content-type"]);
  const linesBefore = linesBeforeOf(request.headers[LINES_HEADER]?.toString());
  const bytes = await readBody(request, sender, intake);
  return dependencies.engine.ingest({ stream, format, bytes, clock, linesBefore });
}

const strange = (headers: Headers): Unauthenticated =>
  bearerOf(headers) ? unknownKey() : new Unauthenticated("Send an API key: Authorization: Bearer KEY.");

/** @throws {Unauthenticated | Forbidden} */
async function authorised(
  request: IncomingMessage,
  { senderOf, now, maxFutureSkewMs }: IngestDependencies,
): Promise<{ readonly sender: string; readonly clock: BatchClock }> {
  const headers = senderHeaders(request);
  const sender = await senderOf(headers);
  if (!sender) throw strange(headers);
  const { id, write, replay } = sender;
  if (!write) throw new Forbidden("This key may not send events: it needs the scope ingest.");
  const from = eventClockOf(request.headers[CLOCK_HEADER]?.toString());
  if (from === null) return { sender: id, clock: { kind: "wall", now: now(), skewMs: maxFutureSkewMs } };
  if (!replay) throw new Forbidden("This key may not replay: it needs the scope replay.");
  return { sender: id, clock: { kind: "event", from } };
}
