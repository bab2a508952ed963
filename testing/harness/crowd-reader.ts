import { io, type Socket } from "socket.io-client";
import type { HourFigures } from "#server/contracts/api/orders.ts";
import type { ClientToServer, Patch, ServerToClient, TopicBodies } from "#server/contracts/live.ts";

type OrdersPatch = Patch<TopicBodies["orders"]>;

/** What a snapshot of a day's hours says. */
export interface Snapshot {
  readonly snapshot: { readonly epoch: string; readonly position: number };
  readonly hours: readonly HourFigures[];
}

/** A dashboard in a crowd of them: one socket, one day's hours, kept by the contract of patches and snapshots. */
export class CrowdReader {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #snapshot: () => Promise<Snapshot>;
  readonly #hours = new Map<string, HourFigures>();
  #position: Snapshot["snapshot"] | null = null;
  /** Patches that came while a snapshot was on its way; null: none is. */
  #waiting: OrdersPatch[] | null = null;
  /** What the snapshot on its way says may be too old. */
  #isOutdated = false;

  constructor(address: string, cookie: string, snapshot: () => Promise<Snapshot>) {
    this.#snapshot = snapshot;
    this.#socket = io(address, {
      path: "/live",
      transports: ["websocket"],
      multiplex: false,
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
      extraHeaders: { origin: address, cookie },
    });
    this.#socket.on("connect", () => {
      this.#socket.emit("resume", this.#position ? { orders: this.#position } : {});
    });
    this.#socket.on("welcome", ({ epoch, stale }) => {
      if (stale.includes("orders") || epoch !== this.#position?.epoch) void this.#readAnew();
    });
    this.#socket.on("patch", (topic, patch) => {
      if (topic === "orders") this.#take(patch as OrdersPatch);
    });
  }

  /** Bytes stay in the network from now on. */
  stopReading(): void {
    this.#webSocket()?.pause();
  }

  readOn(): void {
    this.#webSocket()?.resume();
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Hour, premium and gross count, as the database would list them; null before the first snapshot. */
  rows(): string[] | null {
    if (!this.#position) return null;
    return [...this.#hours.values()]
      .map((hour) => `${hour.bizHour} ${hour.totalPremium} ${hour.grossOrderCount}`)
      .sort();
  }

  close(): void {
    this.#socket.disconnect();
  }

  #webSocket(): { pause(): void; resume(): void } | undefined {
    const { transport } = this.#socket.io.engine as unknown as {
      transport: { ws?: { pause(): void; resume(): void } };
    };
    return transport.ws;
  }

  #take(patch: OrdersPatch): void {
    if (this.#waiting) return void this.#waiting.push(patch);
    const have = this.#position;
    if (!have || patch.epoch !== have.epoch || have.position < patch.from) return void this.#readAnew();
    if (patch.to < have.position) return;
    for (const hour of patch.body.hours) this.#hours.set(hour.bizHour, hour);
    for (const bizHour of patch.body.gone) this.#hours.delete(bizHour);
    this.#position = { epoch: have.epoch, position: patch.to };
  }

  /** Reads a snapshot; asks again, a little later, while the server cannot answer. */
  async #readAnew(): Promise<void> {
    if (this.#waiting) {
      this.#isOutdated = true;
      return;
    }
    this.#waiting = [];
    this.#isOutdated = false;
    const snapshot = await this.#snapshot().catch(() => null);
    const waiting = this.#waiting;
    this.#waiting = null;
    if (snapshot && this.#isOutdated) return this.#readAnew();
    if (!snapshot) {
      // Not at once: a crowd that was refused must not refuse itself again.
      setTimeout(() => void this.#readAnew(), 200 + Math.random() * 800);
      return;
    }
    this.#position = snapshot.snapshot;
    this.#hours.clear();
    for (const hour of snapshot.hours) this.#hours.set(hour.bizHour, hour);
    for (const patch of waiting) this.#take(patch);
  }
}
