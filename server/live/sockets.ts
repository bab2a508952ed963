import type { EventEmitter } from "node:events";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server, type Socket } from "socket.io";
import type { Actor } from "../access/can.ts";
import { can } from "../access/can.ts";
import { headersOf, isOwnOrigin } from "../access/client-address.ts";
import { type DataScope, dataScopeOf } from "../access/data-scope.ts";
import { EVERY_HEADER } from "../access/every-header.ts";
import { livingKey } from "../access/living-sessions.ts";
import { endWith } from "../access/raw-answer.ts";
import {
  type ClientToServer,
  type Patch,
  type ResumeCursors,
  type ServerToClient,
  TOPICS,
  type Topic,
  type TopicBodies,
} from "../contracts/live.ts";
import type { Log } from "../lib/log.ts";
import { repeat } from "../lib/repeat.ts";
import { Flood, Paced } from "./asking.ts";
import type { Hub, Subscribers } from "./hub.ts";
import { isNarrowed, narrowed, type Segments } from "./narrow.ts";
import { parseResumeCursors } from "./resume-cursors.ts";
import { TOPIC_RIGHTS } from "./topic-rights.ts";

export const SOCKET_PATH = "/live";
/** Whether Socket.IO answers a request: `/live` and `/liveness` are not its own. */
export const isSocketRequest = (url: string | undefined): boolean =>
  url?.startsWith(`${SOCKET_PATH}/`) ?? false;
/** A session that has ended loses its sockets within this time, ms. */
const RECHECK_MS = 1_000;
/** More waiting than this, and the reader skips ticks and takes a snapshot when it drains, bytes. */
const SLOW_BYTES = 512 * 1024;
const MAX_MESSAGE_BYTES = 4_096;
/** A connection that has not said who it is within this time ends, ms: with a cookie it takes one round trip. */
const HANDSHAKE_MS = 5_000;
/** Open windows of one browser, and then some. */
const MOST_OF_SESSION = 20;

/** Topics that an actor may read: the server chooses, a client never names one. */
export const topicsOf = (actor: Actor): Topic[] => TOPICS.filter((topic) => can(actor, TOPIC_RIGHTS[topic]));

interface SocketData {
  actor: Actor;
  topics: Topic[];
  /** Whose customers its person sees. */
  scope: DataScope;
  /** Topics of which this slow reader missed patches. */
  missed: Set<Topic>;
}
/** Sockets of each session. */
type Counts = Map<string, number>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface SocketOptions {
  readonly hub: Hub;
  readonly authenticate: (headers: Headers) => Promise<Actor | null>;
  /** Ids of those sessions that are still good. */
  readonly livingSessions: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly epoch: string;
  readonly build: string;
  readonly now: () => number;
  readonly log: Log;
}

export interface Sockets extends Subscribers {
  count(): number;
  close(): Promise<void>;
}

/** Puts the hub on Socket.IO: sessions at the door, one room a topic, slow readers never queue without bound. */
export function attachSockets(server: HttpServer, options: SocketOptions): Sockets {
  const io: LiveServer = new Server(server, {
    path: SOCKET_PATH,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: (request, done) => done(null, isAllowed(request)),
    destroyUpgrade: false,
    connectTimeout: HANDSHAKE_MS,
    upgradeTimeout: HANDSHAKE_MS,
  });
  answerUpgrades(server, io);
  const counts: Counts = new Map();
  io.use((socket, next) => {
    const headers = new Headers({ cookie: socket.handshake.headers.cookie ?? "" });
    options.authenticate(headers).then(
      (actor) => {
        if (actor?.kind !== "person") return next(new Error("unauthenticated"));
        if ((counts.get(actor.sessionId) ?? 0) >= MOST_OF_SESSION) return next(new Error("too_many"));
        socket.data = { actor, topics: topicsOf(actor), scope: dataScopeOf(actor), missed: new Set() };
        next();
      },
      (error: unknown) => {
        options.log.error({ err: error }, "a socket could not be authenticated");
        next(new Error("unavailable"));
      },
    );
  });
  io.on("connection", (socket) => {
    if (count(socket, counts) > MOST_OF_SESSION) return void socket.disconnect(true); // many at one instant
    welcome(socket, options);
  });
  const endRecheck = repeat(() => closeEnded(io, options), RECHECK_MS);
  return {
    broadcast: (topic, patch, segments) => broadcast(io, topic, patch, segments),
    heartbeat: (message) => {
      for (const socket of io.of("/").sockets.values()) {
        if (!isSlow(socket)) socket.emit("heartbeat", message);
        resync(socket, options);
      }
    },
    invalidateAll: () => {
      for (const socket of io.of("/").sockets.values()) {
        for (const topic of socket.data.topics) socket.data.missed.add(topic);
      }
    },
    count: () => io.of("/").sockets.size,
    close: async () => {
      await endRecheck();
      await io.close();
    },
  };
}

interface Refused {
  readonly req: IncomingMessage & { readonly res?: unknown; readonly websocket?: unknown };
  readonly code: number;
}
/** Engine.IO's number for what `allowRequest` did not let in. */
const NOT_ALLOWED = 4;

/**
 * Answers to upgrades are written past Node's response, by Engine.IO and by ws: they get the headers of every answer here, and
 * refusals go out before those two would write their own.
 */
function answerUpgrades(server: HttpServer, { engine }: LiveServer): void {
  engine.on("headers", (headers: Record<string, string>) => void Object.assign(headers, EVERY_HEADER));
  engine.on("connection_error", ({ req, code }: Refused) => {
    if (req.res === undefined && req.websocket === undefined) {
      endWith(req.socket, code === NOT_ALLOWED ? 403 : 400);
    }
  });
  const refuse = () => {
    const { ws } = engine as unknown as { readonly ws: EventEmitter };
    ws.on("wsClientError", (_error: Error, socket: Duplex) => endWith(socket, 400));
  };
  // Engine.IO makes another ws when the server begins to listen.
  if (server.listening) refuse();
  else server.once("listening", refuse);
}

/** HTTP/1.1 must name its host, HTTP/1.0 may, and nobody names two (RFC 9112, 3.2): who reads which of them, nobody knows. */
export function lacksOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  return hosts > 1 || (hosts === 0 && httpVersion === "1.1");
}

/** Both transports: a page of another site, or none (`null`), gets no socket. */
function isAllowed(request: IncomingMessage): boolean {
  const { headers } = request;
  if (lacksOneHost(request)) return false;
  // Same-origin polling requests carry no Origin header; upgrades of browsers always do.
  if (headers.origin === undefined) return headers.upgrade === undefined;
  return isOwnOrigin(headersOf(headers));
}

function welcome(socket: LiveSocket, options: SocketOptions): void {
  const { topics, scope } = socket.data;
  // What is narrowed for one reader goes to that reader alone.
  void socket.join(topics.filter((topic) => scope === null || !isNarrowed(topic)));
  const resumes = new Paced<ResumeCursors>((cursors) => resume(socket, options, cursors));
  const flood = new Flood();
  socket.onAny(() => flood.isOne() && socket.disconnect(true));
  socket.on("resume", (given: unknown) => {
    const cursors = parseResumeCursors(given);
    if (cursors) resumes.offer(cursors);
    else socket.disconnect(true);
  });
  socket.once("disconnect", () => resumes.stop());
}

/** Sends what a reader has missed; one that does not take what it has been sent is told later what to read anew. */
export function resume(
  socket: Pick<LiveSocket, "data" | "conn" | "emit">,
  options: Pick<SocketOptions, "hub" | "epoch" | "build" | "now">,
  cursors: ResumeCursors,
): void {
  const { topics, scope, missed } = socket.data;
  if (isSlow(socket)) {
    for (const topic of topics) missed.add(topic);
    return;
  }
  const since = options.hub.resume(topics, cursors);
  greet(socket, options, since.stale);
  for (const { topic, patch, segments } of since.missed) {
    socket.emit("patch", topic, narrowed(topic, patch, segments, scope) as never);
  }
}

/** Counts a socket for as long as it lives. @returns those of its session */
function count(socket: LiveSocket, counts: Counts): number {
  const { actor } = socket.data;
  const session = actor.kind === "person" ? actor.sessionId : "";
  const number = (counts.get(session) ?? 0) + 1;
  counts.set(session, number);
  socket.once("disconnect", () => {
    const left = (counts.get(session) ?? 1) - 1;
    if (left > 0) counts.set(session, left);
    else counts.delete(session);
  });
  return number;
}

function greet(
  socket: Pick<LiveSocket, "data" | "emit">,
  { epoch, build, now }: Pick<SocketOptions, "epoch" | "build" | "now">,
  stale: readonly Topic[],
): void {
  const { topics, actor } = socket.data;
  const role = actor.kind === "person" ? actor.role : "";
  socket.emit("welcome", { epoch, topics, build, role, now: now(), stale });
}

/** Whether more waits for a reader than it takes: with the transport, or, as while one that polls does not ask, before it. */
function isSlow({ conn }: Pick<LiveSocket, "conn">): boolean {
  const { transport, writeBuffer } = conn as unknown as {
    readonly transport: { readonly socket?: { readonly bufferedAmount?: number } };
    readonly writeBuffer: readonly { readonly data?: { readonly length?: number } }[];
  };
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return waiting + (transport.socket?.bufferedAmount ?? 0) > SLOW_BYTES;
}

/** Fast readers without a scope share one encoding; slow ones are left out and remembered. */
function broadcast<T extends Topic>(
  io: LiveServer,
  topic: T,
  patch: Patch<TopicBodies[T]>,
  segments: Segments,
): void {
  const slow: string[] = [];
  for (const socket of io.of("/").sockets.values()) {
    if (isSlow(socket)) {
      slow.push(socket.id);
      socket.data.missed.add(topic);
    } else if (readsNarrowed(socket, topic)) {
      socket.emit("patch", topic, narrowed(topic, patch, segments, socket.data.scope) as never);
    }
  }
  io.to(topic)
    .except(slow)
    .emit("patch", topic, patch as never);
}

const readsNarrowed = ({ data: { topics, scope } }: LiveSocket, topic: Topic): boolean =>
  scope !== null && isNarrowed(topic) && topics.includes(topic);

/** A slow reader that has drained is told what to read anew. */
function resync(socket: LiveSocket, options: SocketOptions): void {
  const { missed } = socket.data;
  if (missed.size === 0 || isSlow(socket)) return;
  greet(socket, options, [...missed]);
  missed.clear();
}

/** Sign-out, a changed role, a deleted person: their sockets end. */
async function closeEnded(io: LiveServer, options: SocketOptions): Promise<void> {
  const sockets = [...io.of("/").sockets.values()];
  const ids = new Set(sockets.map((socket) => sessionOf(socket)));
  if (ids.size === 0) return;
  try {
    const living = await options.livingSessions([...ids]);
    for (const socket of sockets) if (!living.has(sessionOf(socket))) socket.disconnect(true);
  } catch (error) {
    options.log.warn({ err: error }, "sessions could not be checked; sockets stay until they can");
  }
}

/** Session, role and scope together: when one of them changes, the socket ends like at a sign-out. */
function sessionOf(socket: LiveSocket): string {
  const { actor } = socket.data;
  return actor.kind === "person" ? livingKey(actor.sessionId, actor.role, actor.segments) : "";
}
