import type { IngestAnswer } from "../contracts/api/ingest.ts";
import type { Engine, IngestBody } from "../contracts/batch.ts";
import type { WriterStatus } from "../contracts/writer-status.ts";
import { TooBusy } from "../lib/errors.ts";
import { type HandOn, handOn } from "./hand-on.ts";

/** Bytes of bodies that are handed on at once, but for one that is larger by itself. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The engine of this process. */
interface LocalEngine extends Engine {
  status(): WriterStatus;
}

/** The installation's one writer, wherever it is: what comes here is committed here, or handed to the node that does. */
export class ClusterEngine implements Engine {
  readonly #local: LocalEngine | null;
  readonly #id: string;
  readonly #handOn: HandOn;
  /** Of bodies that were handed on and have no answer yet. */
  #bytes = 0;

  /** @param local null: this node never becomes the writer @param id of this node */
  constructor(local: LocalEngine | null, id: string, handOn: HandOn) {
    this.#local = local;
    this.#id = id;
    this.#handOn = handOn;
  }

  /** Of this node alone. */
  status(): WriterStatus {
    const none = {
      state: "standby",
      holder: this.#id,
      epoch: 0n,
      queuedEvents: 0,
      lastCommitMs: null,
    } as const;
    return this.#local?.status() ?? none;
  }

  /** Whether events that come to this node are taken: by itself, or by a writer that is there. */
  async takes(): Promise<boolean> {
    const { state } = this.status();
    if (state !== "standby") return state === "leading";
    return (await this.#handOn.writerUrl()) !== null;
  }

  async ingest(body: IngestBody): Promise<IngestAnswer> {
    if (this.#local && this.#local.status().state !== "standby") return this.#local.ingest(body);
    const { length } = body.bytes;
    if (this.#bytes > 0 && this.#bytes + length > MOST_BYTES) {
      throw new TooBusy(`${this.#bytes} bytes wait to be committed by another node; send again.`);
    }
    this.#bytes += length;
    return handOn(this.#handOn, body).finally(() => {
      this.#bytes -= length;
    });
  }
}
