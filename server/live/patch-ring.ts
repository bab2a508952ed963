import type { Patch } from "../contracts/live.ts";
import type { Segments } from "./narrow.ts";

/** A patch with its size on the wire. */
export interface KeptPatch<Body = unknown> {
  readonly patch: Patch<Body>;
  readonly bytes: number;
  /** Of the customers whom it names. */
  readonly segments: Segments;
}

const MAX_PATCHES = 600;
const MAX_BYTES = 4 * 1024 * 1024;
/** More than this is no better than a snapshot. */
const MAX_REPLAY_BYTES = 256 * 1024;

/** The newest patches of one topic, without a gap between them; bounded in number and bytes. */
export class PatchRing {
  readonly #kept: KeptPatch[] = [];
  #bytes = 0;
  /** Commit position from which the ring is complete. */
  #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  add(kept: KeptPatch): void {
    this.#kept.push(kept);
    this.#bytes += kept.bytes;
    while (this.#kept.length > MAX_PATCHES || this.#bytes > MAX_BYTES) {
      const gone = this.#kept.shift();
      if (!gone) break;
      this.#bytes -= gone.bytes;
      this.#from = gone.patch.to;
    }
  }

  /** Commits up to `position` were not told: whoever stands before them needs a snapshot. */
  reset(position: number): void {
    this.#kept.length = 0;
    this.#bytes = 0;
    this.#from = position;
  }

  /** What a reader at `position` has missed; null when a snapshot is the better answer. */
  since(position: number): readonly KeptPatch[] | null {
    if (position < this.#from) return null;
    const missed = this.#kept.filter(({ patch }) => patch.to > position);
    const bytes = missed.reduce((sum, kept) => sum + kept.bytes, 0);
    return bytes > MAX_REPLAY_BYTES ? null : missed;
  }
}
