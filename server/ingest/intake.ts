import { TooBusy } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";

/**
 * What bodies hold while they are read and unpacked, over all senders. Each alone is bounded by its own limits; many that
 * arrive slowly, or unpack to much at the same moment, would not be. One sender takes half of it at most: bodies that never end keep no
 * other sender out.
 */
export class Intake {
  /** Bytes that have arrived and were not handed on. */
  #bytes = 0;
  readonly #ofSender = new Map<string, number>();
  #last: Promise<void> = Promise.resolve();

  /** @throws {TooBusy} no room; nothing is held then */
  hold(sender: string, bytes: number): void {
    const own = (this.#ofSender.get(sender) ?? 0) + bytes;
    if (own > LIMITS.intakeBytes / 2) {
      throw new TooBusy(`${own - bytes} bytes of other bodies of yours are arriving; send again.`);
    }
    if (this.#bytes + bytes > LIMITS.intakeBytes) {
      throw new TooBusy(`${this.#bytes} bytes of other bodies are arriving; send again.`);
    }
    this.#bytes += bytes;
    this.#ofSender.set(sender, own);
  }

  release(sender: string, bytes: number): void {
    this.#bytes -= bytes;
    const own = (this.#ofSender.get(sender) ?? 0) - bytes;
    if (own > 0) this.#ofSender.set(sender, own);
    else this.#ofSender.delete(sender);
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
