import { TooBusy } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";

/**
 * What bodies hold while they are read and unpacked, over all senders. Each alone is bounded by its own limits; many that
 * arrive slowly, or unpack to much at the same moment, would not be.
 */
export class Intake {
  /** Bytes that have arrived and were not handed on. */
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

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

  /**
   * Waits for a turn to unpack much: what unpacks to a hundred times its size is there once.
   * @returns call it to let the next have its turn
   */
  async turn(): Promise<() => void> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    return leave;
  }
}
