import { TooBusy } from "../lib/errors.ts";

/** What of one sender may be answered at once: each holds a connection to the database, which others need as well. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  /**
   * @param most of this name at once
   * @throws {TooBusy} so many are being answered
   */
  async run<T>(name: string, most: number, work: () => Promise<T>): Promise<T> {
    const leave = this.#enter(name, most);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /**
   * The same for answers that are made while they are sent: the place is free when the answer has been sent to its end, or nobody
   * takes it any more.
   * @param gone aborted when who asked has gone, perhaps before the first piece was taken
   * @throws {TooBusy}
   */
  async runToEnd(
    name: string,
    most: number,
    gone: AbortSignal,
    work: () => Promise<Response>,
  ): Promise<Response> {
    const leave = this.#enter(name, most);
    gone.addEventListener("abort", leave, { once: true });
    try {
      const { body, ...answer } = partsOf(await work());
      if (!body) leave();
      // They had gone before we listened, or while it was begun: nobody will take it.
      if (gone.aborted) {
        leave();
        await body?.cancel();
        return new Response(null, answer);
      }
      return new Response(body && followed(body, leave), answer);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** @returns gives the place back, once @throws {TooBusy} */
  #enter(name: string, most: number): () => void {
    const count = this.#counts.get(name) ?? 0;
    if (count >= most) {
      throw new TooBusy(`${most} requests of yours are being answered; send again once they are.`);
    }
    this.#counts.set(name, count + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      const left = (this.#counts.get(name) ?? 1) - 1;
      if (left === 0) this.#counts.delete(name);
      else this.#counts.set(name, left);
    };
  }
}

const partsOf = ({ body, status, headers }: Response) => ({ body, status, headers });

/** A stream that says when it has ended, by itself or because nobody reads it any more. */
function followed(body: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ended();
        controller.close();
      } catch (error) {
        ended();
        controller.error(error);
      }
    },
    async cancel(reason) {
      ended();
      await reader.cancel(reason);
    },
  });
}
