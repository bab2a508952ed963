import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createForwarding, type EdgeOptions } from "../access/client-address.ts";
import { setEveryHeader } from "../access/every-header.ts";
import { endWith } from "../access/raw-answer.ts";

/**
 * Time within which a request must have come, ms. Node looks as often as `connectionsCheckingInterval` says and ends what
 * is late with 408. A whole body may take long on a slow line; who may send one long is decided in `BODY_MS`.
 */
export const DOOR_LIMITS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 1_000,
  // Longer than proxies keep theirs (60 s as a rule): else one sends a request into a connection that is being closed.
  keepAliveTimeout: 75_000,
  // Node's own answer to a request without a host carries no header: ours does (http.ts).
  requireHostHeader: false,
  // Java's own client offers HTTP/2 with each first request: an offer that is not taken is no reason to cut the connection.
  shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
};
/** For the body of somebody whom we do not know, ms. */
const BODY_MS = 10_000;
/** What is still taken of a body that was answered before its end, so that its sender gets to read the answer. */
const LINGER = { bytes: 256 * 1024, ms: 1_000, lookMs: 20 } as const;

/** Paths whose bodies are read before anybody is known by them: signing in, one-time links, polling. */
const OPEN_PATHS = /^\/(?:api\/auth|api\/setup|api\/invitation|api\/reset|live)(?:[/?]|$)/;

export interface DoorOptions extends EdgeOptions {
  /** Time for a stranger's body, ms. */
  readonly bodyMs?: number;
}

/**
 * What every request and upgrade passes before anything else sees it, Socket.IO too: forwarded headers are judged, the
 * headers of every answer are set, and bodies are bounded. Call it when all listeners are there, before the server listens.
 */
export function openDoor(server: Server, options: DoorOptions): void {
  const forward = createForwarding(options);
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    request.url = pathOf(request.url ?? "/");
    forward(request);
    dropPageHeaders(request);
    setEveryHeader(response);
    boundBody(request, response, options.bodyMs ?? BODY_MS);
  });
  server.prependListener("upgrade", (request: IncomingMessage) => {
    request.url = pathOf(request.url ?? "/");
    forward(request);
  });
  server.on("checkExpectation", ({ socket }: IncomingMessage) => endWith(socket, 417));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) =>
    endWith(socket, statusOf(error)),
  );
}

/** `.` and `..` between slashes, also written as %2e, and backslashes. */
const CROOKED = /(?:^|[/\\])(?:\.|%2e){1,2}(?=[/\\?]|$)|^[^?]*\\/i;

/**
 * A request may name its target as a whole URL, as if we were a proxy: its path is meant (RFC 9112, 3.2.2). A path that goes round
 * by dots is straightened here, once: whoever decides by the path behind the door sees the one that will be answered.
 */
function pathOf(url: string): string {
  if (url.startsWith("/")) return CROOKED.test(url) ? straight(`http://door${url}`, url) : url;
  return url === "*" ? url : straight(url, url);
}

function straight(target: string, url: string): string {
  const whole = URL.parse(target);
  return whole && /^https?:$/.test(whole.protocol) ? whole.pathname + whole.search : url;
}

/** By which Next's own pages ask for parts of themselves; a program that sends them to a route means nothing by it. */
const OF_PAGES = [
  "rsc",
  "next-action",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-router-state-tree",
  "next-url",
];

function dropPageHeaders({ url = "", headers }: IncomingMessage): void {
  if (/^\/api(?:[/?]|$)/.test(url)) for (const name of OF_PAGES) delete headers[name];
}

function statusOf({ code }: NodeJS.ErrnoException): 400 | 408 | 431 {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}

/** Whether nothing says who sends a body: where something does, it is proved before the body is read. */
function isStranger({ headers, url = "" }: IncomingMessage): boolean {
  return OPEN_PATHS.test(url) || (headers.authorization === undefined && headers.cookie === undefined);
}

function boundBody(request: IncomingMessage, response: ServerResponse, bodyMs: number): void {
  if (request.complete || !hasBody(request)) return;
  const { socket } = request; // a request that has been answered may have lost it
  if (isStranger(request)) {
    const timer = setTimeout(() => request.complete || endWith(socket, 408), bodyMs);
    request.once("close", () => clearTimeout(timer));
  }
  response.once("finish", () => request.complete || linger(request, socket));
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * The answer has gone out and the body still comes: Node throws away what does. When that is too much, or takes too long, the
 * connection ends.
 */
function linger(request: IncomingMessage, socket: Socket): void {
  const most = socket.bytesRead + LINGER.bytes;
  const until = performance.now() + LINGER.ms;
  const watch = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(watch);
    if (socket.bytesRead > most || performance.now() > until) socket.destroy();
  }, LINGER.lookMs);
}
