import { type DispositionCounts, noDispositions } from "#server/contracts/streams.ts";
import type { Sent } from "./replay-target.ts";

/** Refused lines that are named; the others are counted, and all are dead letters. */
const LISTED = 20;

/** What became of a whole file. */
export class ReplayTotal {
  readonly #dispositions: DispositionCounts = noDispositions();
  readonly #rejected: Sent["rejected"] = [];
  #received = 0;
  #accepted = 0;

  add(sent: Sent): void {
    this.#received += sent.received;
    this.#accepted += sent.accepted;
    this.#rejected.push(...sent.rejected.slice(0, LISTED - this.#rejected.length));
    for (const [name, count] of Object.entries(sent.dispositions)) {
      this.#dispositions[name as keyof DispositionCounts] += count;
    }
  }

  /** The lines of refused records are those of the file. */
  get summary() {
    return {
      received: this.#received,
      accepted: this.#accepted,
      dispositions: this.#dispositions,
      rejected: this.#rejected,
      rejectedOmitted: this.#dispositions.rejected - this.#rejected.length,
    };
  }
}
