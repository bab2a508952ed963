import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromHere } from "../access/client-address.ts";
import { senderHeaders } from "../access/sender-headers.ts";
import type { WriterStatus } from "../contracts/writer-status.ts";
import { bearerOf } from "../lib/bearer.ts";
import { MethodNotAllowed, Unauthenticated } from "../lib/errors.ts";
import { problemOf, sendProblem } from "../lib/problem.ts";
import { createMetrics } from "./metrics.ts";
import type { ProbeDependencies } from "./probe-dependencies.ts";

const DATABASE_PATIENCE_MS = 2_000;
const METHODS = ["GET", "HEAD"];

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Serves /healthz, /readyz and /metrics; answers false, untouched, for any other path. */
export function createHealthHandler(
  dependencies: ProbeDependencies,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const metrics = createMetrics(dependencies);
  const answers: Readonly<Record<string, Answer>> = {
    "/healthz": (_, response) => send(response, 200, { status: "ok" }),
    "/readyz": async (_, response) => {
      const readiness = await readinessOf(dependencies);
      send(response, readiness.ready ? 200 : 503, readiness);
    },
    "/metrics": async (request, response) => {
      await requireReader(request, dependencies);
      const text = await metrics.text();
      const headers = { "content-type": metrics.contentType, "cache-control": "no-store" };
      response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
    },
  };
  return async (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (!answer) return false;
    try {
      if (request.method === "OPTIONS") {
        response.writeHead(204, { allow: [...METHODS, "OPTIONS"].join(", ") }).end();
        return true;
      }
      if (!METHODS.includes(request.method ?? "")) throw new MethodNotAllowed(METHODS);
      await answer(request, response);
    } catch (error) {
      sendProblem(response, problemOf(error, dependencies.log));
    }
    return true;
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

/** Figures tell how much is sold and how fast: they are for the machines that watch over us. @throws {Unauthenticated} */
async function requireReader(request: IncomingMessage, dependencies: ProbeDependencies): Promise<void> {
  if (dependencies.isOpen || isFromHere(request)) return;
  const headers = senderHeaders(request);
  if (bearerOf(headers) === null) {
    throw new Unauthenticated(
      "Send an API key of scope read (Authorization: Bearer KEY), ask from this machine itself, or start with METRICS_OPEN=1.",
    );
  }
  if (await dependencies.mayRead(headers)) return;
  throw new Unauthenticated(
    "This API key is not known, was revoked, has expired or lacks the scope read. Ask an administrator for another one.",
  );
}

/** What this process can do now. It is ready when it does all of it. */
interface Readiness {
  readonly ready: boolean;
  /** Answers people and machines that read. */
  readonly serves: boolean;
  /** Takes events. */
  readonly ingests: boolean;
  readonly reasons: readonly string[];
}

const NO_WRITER: Readonly<Record<WriterStatus["state"], string>> = {
  leading: "the writer has just become another one",
  standby: "no node is the writer at this moment: events are refused with 503 until one is",
  recovering: "the writer is recovering: events are refused with 503 until it has read its state",
  unavailable: "the writer is unavailable: events are refused with 503",
};

async function readinessOf({ pool, writer, log }: ProbeDependencies): Promise<Readiness> {
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), DATABASE_PATIENCE_MS).unref();
  });
  const serves = await Promise.race([pool.query("SELECT 1"), timeout]).then(
    () => true,
    (error: Error) => {
      log.warn({ err: error }, "not ready: the database does not answer");
      return false;
    },
  );
  const ingests = serves && (await writer.takes());
  const noWriter = serves && !ingests ? NO_WRITER[writer.status().state] : null;
  const reasons = [noWriter, serves ? null : "the database does not answer"];
  return { ready: ingests, serves, ingests, reasons: reasons.filter((reason) => reason !== null) };
}
