import type { Socket } from "socket.io-client";
import type {
  ClientToServer,
  Patch,
  ResumeCursors,
  ServerToClient,
  Topic,
  TopicBodies,
} from "#server/contracts/live.ts";
import { type ConnectionEvent, type ConnectionState, nextConnection } from "./connection-state.ts";
import { ServerClock } from "./server-clock.ts";

/** Everything that the screens may know of the connection; replaced, never changed. Times are the server's clock, ms (rule C14). */
export interface LiveSnapshot {
  readonly connection: ConnectionState;
  /** Since when nothing is shown that comes; null: everything is shown at once. */
  readonly pausedAt: number | null;
  /** Changes of what is shown that came since then. */
  readonly waiting: number;
  /** When the server last said that we are up to date; null before the first time. */
  readonly freshAt: number | null;
  /** Patches that the last return to life brought, and when; null when it was a plain start. */
  readonly caughtUp: { readonly patches: number; readonly at: number } | null;
}

export interface TopicReader<T extends Topic = Topic> {
  readonly topic: T;
  readonly onPatch: (patch: Patch<TopicBodies[T]>) => void;
  /** Patches were missed: read a snapshot. */
  readonly onStale: () => void;
}

/** Patches kept for snapshots that are still on their way. */
const KEPT = 64;
/** No sign of life for this long, or a clock that jumped by it (sleep): connect anew, ms. */
const SILENCE_MS = 4_000;
const WATCH_MS = 1_000;
const IDLE_MS = 60_000;

const INITIAL: LiveSnapshot = {
  connection: { name: "connecting" },
  pausedAt: null,
  waiting: 0,
  freshAt: null,
  caughtUp: null,
};

/** The browser's end of the push: one socket, its state, the server's clock, and who reads which topic. */
export class LiveClient {
  /** The server's clock when it rendered the page, ms. */
  readonly renderedAt: number;
  readonly #clock: ServerClock;
  /** null until its code has come: figures are read before that. */
  #socket: Socket<ServerToClient, ClientToServer> | null = null;
  #isOpening = false;
  #isStarted = false;
  readonly #readers = new Set<TopicReader>();
  readonly #subscribers = new Set<() => void>();
  readonly #recent = new Map<Topic, Patch<never>[]>();
  readonly #cursors: ResumeCursors = {};
  #snapshot: LiveSnapshot = INITIAL;
  #build: string | null = null;
  #role: string | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastWatch = 0;
  #patchesSinceWelcome = 0;
  #lastInput = 0;

  constructor(renderedAt: number) {
    this.renderedAt = renderedAt;
    this.#clock = new ServerClock(renderedAt);
  }

  /** The server's clock, ms. */
  now = (): number => this.#clock.now();

  start(): () => void {
    const online = () => {
      this.#step({ type: "networkBack", at: this.now() });
      this.#connectAnew(); // the old socket may be dead without knowing it
    };
    const offline = () => this.#step({ type: "networkGone", at: this.now() });
    const wake = () => this.#checkPulse();
    const input = () => {
      this.#lastInput = Date.now();
    };
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    window.addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pointerdown", input);
    window.addEventListener("keydown", input);
    this.#lastWatch = Date.now();
    this.#watch = setInterval(() => this.#checkPulse(), WATCH_MS);
    this.#isStarted = true;
    this.#connectAnew();
    return () => {
      this.#isStarted = false;
      clearInterval(this.#watch);
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
      window.removeEventListener("pageshow", wake);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pointerdown", input);
      window.removeEventListener("keydown", input);
      this.#socket?.disconnect();
    };
  }

  #connectAnew(): void {
    if (this.#socket) this.#socket.disconnect().connect();
    else void this.#open();
  }

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      const { io } = await import("socket.io-client");
      this.#socket = io({ path: "/live", autoConnect: false, transports: ["websocket", "polling"] });
      this.#listen(this.#socket);
      if (this.#isStarted) this.#socket.connect();
    } catch {
      this.#step({ type: "lost", at: this.now() }); // the next look at the pulse tries again
    } finally {
      this.#isOpening = false;
    }
  }

  #listen(socket: Socket<ServerToClient, ClientToServer>): void {
    socket.on("connect", () => socket.emit("resume", this.#cursors));
    socket.on("welcome", (message) => this.#welcomed(message));
    socket.on("patch", (topic, patch) => this.#patched(topic, patch as Patch<never>));
    socket.on("heartbeat", ({ now }) => this.#heard(now));
    socket.on("disconnect", (reason) => {
      this.#step({ type: "lost", at: this.now() });
      if (reason === "io server disconnect") socket.connect(); // ended session: the next try is refused
    });
    socket.on("connect_error", (error) => {
      this.#step(
        error.message === "unauthenticated" ? { type: "refused" } : { type: "lost", at: this.now() },
      );
    });
  }

  isSignedOut = (): boolean => this.#snapshot.connection.name === "signedOut";

  /** The person has signed in again: what was missed meanwhile comes with the new connection. */
  signedIn(): void {
    this.#step({ type: "signedIn" });
    this.#connectAnew();
  }

  snapshot = (): LiveSnapshot => this.#snapshot;

  /** What the server rendered with: parts of a page may hydrate after the first patch has come. */
  initial = (): LiveSnapshot => INITIAL;

  subscribe = (onChange: () => void): (() => void) => {
    this.#subscribers.add(onChange);
    return () => this.#subscribers.delete(onChange);
  };

  read<T extends Topic>(reader: TopicReader<T>): () => void {
    const entry = reader as unknown as TopicReader;
    this.#readers.add(entry);
    return () => this.#readers.delete(entry);
  }

  /** The newest patches of a topic, oldest first: a snapshot that was on its way is carried forward by them. */
  recent<T extends Topic>(topic: T): readonly Patch<TopicBodies[T]>[] {
    return (this.#recent.get(topic) ?? []) as readonly Patch<TopicBodies[T]>[];
  }

  pause(): void {
    this.#set({ pausedAt: this.now(), waiting: 0 });
  }

  /** Everything that came meanwhile is read at once. */
  resume(): void {
    this.#set({ pausedAt: null, waiting: 0 });
    this.#readAnew([...this.#readers].map(({ topic }) => topic));
  }

  #welcomed(message: Parameters<ServerToClient["welcome"]>[0]): void {
    const isReturn = this.#build !== null;
    this.#heard(message.now);
    this.#step({ type: "welcomed", at: this.now() });
    this.#patchesSinceWelcome = 0;
    this.#set({ caughtUp: isReturn ? { patches: 0, at: this.now() } : null });
    if (this.#build !== null && this.#build !== message.build) this.#reloadWhenIdle();
    this.#build = message.build;
    // Another role: the server decides anew what this page shows, and whether at all.
    if (this.#role !== null && this.#role !== message.role) window.location.reload();
    this.#role = message.role;
    // A topic of which nothing was ever read may have moved between its snapshot and this welcome.
    const unknown = message.topics.filter((topic) => !this.#cursors[topic]);
    if (this.#snapshot.pausedAt === null) this.#readAnew([...message.stale, ...unknown]);
  }

  #patched(topic: Topic, patch: Patch<never>): void {
    this.#cursors[topic] = { epoch: patch.epoch, position: patch.to };
    const kept = this.#recent.get(topic) ?? [];
    this.#recent.set(topic, [...kept, patch].slice(-KEPT));
    this.#patchesSinceWelcome += 1;
    const readers = [...this.#readers].filter((reader) => reader.topic === topic);
    const { caughtUp, pausedAt, waiting } = this.#snapshot;
    this.#heard(patch.sentAt);
    this.#set({
      waiting: pausedAt !== null && readers.length > 0 ? waiting + changesIn(topic, patch) : waiting,
      caughtUp:
        caughtUp && this.now() - caughtUp.at < WATCH_MS
          ? { ...caughtUp, patches: this.#patchesSinceWelcome }
          : caughtUp,
    });
    if (pausedAt !== null) return;
    for (const reader of readers) reader.onPatch(patch);
  }

  /** Whatever the server sends is a sign of life, and says what time it is. */
  #heard(now: number): void {
    this.#clock.hear(now);
    this.#set({ freshAt: this.now() });
  }

  #readAnew(topics: readonly Topic[]): void {
    for (const reader of this.#readers) if (topics.includes(reader.topic)) reader.onStale();
  }

  /** Timers stand still while a laptop sleeps: a jump of the clock, or silence, means that the socket may be dead. */
  #checkPulse(): void {
    const now = Date.now();
    const slept = now - this.#lastWatch > SILENCE_MS;
    this.#lastWatch = now;
    const { connection, freshAt } = this.#snapshot;
    const isSilent = connection.name === "live" && freshAt !== null && this.now() - freshAt > SILENCE_MS;
    const isWithout = this.#socket === null && !this.#isOpening; // its code could not be loaded
    if (connection.name !== "signedOut" && (slept || isSilent || isWithout)) this.#connectAnew();
  }

  #reloadWhenIdle(): void {
    const timer = setInterval(() => {
      if (!document.hidden && Date.now() - this.#lastInput < IDLE_MS) return;
      clearInterval(timer);
      window.location.reload();
    }, WATCH_MS);
  }

  #step(event: ConnectionEvent): void {
    this.#set({ connection: nextConnection(this.#snapshot.connection, event) });
  }

  #set(change: Partial<LiveSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const subscriber of this.#subscribers) subscriber();
  }
}

/** How many changes a patch tells of; a topic that is sent whole tells how it stands, not what has changed. */
function changesIn(topic: Topic, { body }: Patch<unknown>): number {
  if (topic === "orders") return (body as TopicBodies["orders"]).moveCount;
  if (topic === "retention") return (body as TopicBodies["retention"]).cases?.length ?? 1;
  if (topic === "key-users") return (body as TopicBodies["key-users"]).userIds?.length ?? 1;
  return 0;
}
