import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import type next from "next";
import type { Config } from "../config/config.ts";
import { ASKED_FOR } from "../http/return-path.ts";
import { AppError, InvalidInput, MethodNotAllowed, NotFound } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { problemOf, sendProblem } from "../lib/problem.ts";
import { isSocketRequest, lacksOneHost } from "../live/sockets.ts";

/** Answers a request, or says that it is not its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Every request goes to the first handler that knows it, and at last to the pages. */
export function route(server: Server, handlers: readonly Handler[], pages: Pages, log: Log): void {
  server.on("request", (request, response) => {
    answer(request, response, handlers, pages, log).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      response.destroy();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly Handler[],
  pages: Pages,
  log: Log,
): Promise<void> {
  if (isSocketRequest(request.url)) return; // Socket.IO has its own listener
  if (lacksOneHost(request)) {
    sendProblem(
      response,
      problemOf(new InvalidInput("The request names no host, or several (RFC 9112, 3.2)."), log),
    );
    return;
  }
  if (request.url === "*" && request.method === "OPTIONS") {
    response.writeHead(204, { allow: EVERYWHERE }).end();
    return;
  }
  if (!isPath(request.url ?? "")) {
    const fault = new InvalidInput("The target is not a path in percent-encoded UTF-8.");
    sendProblem(response, problemOf(fault, log));
    return;
  }
  for (const handler of handlers) if (await handler(request, response)) return;
  if (isPage(request.url ?? "") && !READS.includes(request.method ?? "")) {
    if (request.method === "OPTIONS")
      response.writeHead(204, { allow: [...READS, "OPTIONS"].join(", ") }).end();
    else sendProblem(response, problemOf(new MethodNotAllowed(READS), log));
    return;
  }
  if (isImages(request.url ?? "")) {
    sendProblem(response, problemOf(new NotFound("There are no images here."), log));
    return;
  }
  request.headers[ASKED_FOR] = request.url;
  // There is no action of Next's here; of one that it does not find it would write lines of its own into the log.
  delete request.headers["next-action"];
  await pages(request, response);
}

const READS = ["GET", "HEAD"];

/** Next's own, which no page here uses: it fetches what an address names, and writes that into the log as it stands. */
const isImages = (url: string): boolean => url.startsWith("/_next/image");

/** A page or a part of one: everything but the routes, and what Next's own tools ask while it is developed. */
const isPage = (url: string): boolean => !/^\/(?:api(?:[/?]|$)|__nextjs)/.test(url);

/** What the server as a whole takes: the answer to `OPTIONS *`. */
const EVERYWHERE = "DELETE, GET, HEAD, OPTIONS, PATCH, POST";

/** Whether it is a path whose percent escapes are text. Next would answer others with 500, as if the fault were ours. */
function isPath(url: string): boolean {
  if (!url.startsWith("/")) return false;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** Upgrades that are not Socket.IO's end here; in development, Next's own are passed on. */
export function guardUpgrades(
  server: Server,
  development: ReturnType<ReturnType<typeof next>["getUpgradeHandler"]> | null,
): void {
  server.on("upgrade", (request, socket, head) => {
    if (isSocketRequest(request.url)) return;
    if (development && request.url?.startsWith("/_next/")) void development(request, socket, head);
    else socket.destroy();
  });
}

/**
 * Whether the address can be had, before anything is done that a start without it does for nothing: the demo that runs
 * already keeps its database as it is.
 * @throws {AppError} saying why not and what to do
 */
export async function requirePort(config: Pick<Config, "HOST" | "PORT">): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, config)));
    probe.listen(config.PORT, config.HOST, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/**
 * Resolves with the address under which people reach the system, and the port.
 * @throws {AppError} when the address cannot be had, saying why and what to do
 */
export async function listen(
  server: Server,
  config: Config,
): Promise<{ readonly address: string; readonly port: number }> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, config)));
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { address: config.PUBLIC_URL ?? `http://localhost:${port}`, port };
}

function cannotListen(error: NodeJS.ErrnoException, { HOST, PORT }: Pick<Config, "HOST" | "PORT">): AppError {
  const advice: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${PORT} is taken, perhaps by Tidewatch itself. Stop that program, or set PORT to a free one.`,
    EACCES: `Port ${PORT} needs more rights than this user has. Set PORT to one above 1023.`,
    ENOTFOUND: `There is no host of the name ${HOST}. Set HOST to an address of this machine, or leave it unset.`,
    EADDRNOTAVAIL: `This machine has no address ${HOST}. Set HOST to one that it has, or leave it unset.`,
  };
  const message = advice[error.code ?? ""] ?? `The server cannot listen on ${HOST}:${PORT}: ${error.message}`;
  return new AppError("cannot_listen", 500, message);
}

const FINISH_MS = 2_000;

/** Stops taking connections, lets answers under way finish for a moment, then ends the rest. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), FINISH_MS).unref();
  await closed;
}
