import { TooBusy } from "../lib/errors.ts";
import { LIMITS } from "./limits.ts";

/**
 * What bodies hold while they are read and unpacked, over all senders. Each alone is bounded by its own limits; many that
 * arrive slowly, or unpack to much at the same moment, would not be.
 */
export class Intake {
  /** Bytes that have arrived and were not handed on. */
  #bytes = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @throws {TooBusy} no room; nothing is held then */
  hold(bytes: number): void {
    if (this.#bytes + bytes > LIMITS.intakeBytes) {
      throw new TooBusy(`${this.#bytes} bytes of other bodies are arriving; send again.`);
    }
    this.#bytes += bytes;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** One after the other: what unpacks to a hundred times its size is there once. */
  inTurn<T>(unpack: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(unpack);
    this.#last = turn.catch(() => undefined); // its own caller hears the error
    return turn;
  }
}
