import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "../contracts/batch.ts";
import { AppError, InvalidInput, TooBusy, TooLarge, Unauthenticated, Unavailable } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { plainOf } from "../lib/plain-error.ts";
import { LIMITS } from "../reader/limits.ts";
import { HAND_ON_PATH } from "./hand-on.ts";
import { unpacked } from "./sent-body.ts";

export interface TakeDependencies {
  /** Of this process; null: it never becomes the writer. */
  readonly engine: Engine | null;
  readonly key: string;
  readonly log: Log;
}

/** Bytes of a body with its head: see sent-body.ts. */
const MOST_OF_ONE = LIMITS.decompressedBytes + 16 * 1024 * 1024;
const MOST_TOGETHER = LIMITS.intakeBytes;

/**
 * Takes bodies that other nodes hand on. They have read, bounded and unpacked them, and know the sender; who asks here proves that it is a
 * node by a key that SECRET_KEY gives. Answers false, untouched, for any other path.
 */
export function createTakeHandler({ engine, key, log }: TakeDependencies) {
  const arriving = new Arriving();
  const isNode = (header: string | undefined): boolean => {
    const [given, expected] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${key}`)];
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  const take = async (request: IncomingMessage) => {
    if (request.method !== "POST" || !isNode(request.headers.authorization)) {
      throw new Unauthenticated("Nodes of this installation hand bodies on here, and nobody else.");
    }
    if (!engine) throw new Unavailable("This node is no writer; send again.");
    return engine.ingest(unpacked(await arriving.whole(request)));
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if ((request.url ?? "").split("?", 1)[0] !== HAND_ON_PATH) return false;
    try {
      answer(response, 200, await take(request));
    } catch (error) {
      const plain = plainOf(error);
      if (plain.code === null) log.error({ err: error }, "a body from another node was not taken");
      answer(response, plain.status, plain);
    }
    return true;
  };
}

/** What bodies from other nodes hold while they arrive: so much together, or one that is larger alone. */
class Arriving {
  #bytes = 0;

  /** @throws {TooBusy | TooLarge | InvalidInput} */
  async whole(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let own = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        own += chunk.length;
        this.#bytes += chunk.length;
        if (own > MOST_OF_ONE) throw new TooLarge("The body from the other node is too large.");
        if (this.#bytes > own && this.#bytes > MOST_TOGETHER) {
          throw new TooBusy(`${this.#bytes - own} bytes from other nodes are arriving; send again.`);
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } catch (error) {
      // The other node tells its sender: here there is nobody left to tell.
      if (!(error instanceof AppError) && !request.complete) {
        throw new InvalidInput("The connection ended before the body did.");
      }
      throw error;
    } finally {
      this.#bytes -= own;
    }
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}
