import type { IngestBatch } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import { type DispositionCounts, STREAM_NAMES, type StreamName } from "../contracts/streams.ts";
import { awaitAll } from "../db/await-all.ts";
import type { Queryable } from "../db/queryable.ts";
import type { StreamGroup } from "../streams/stream.ts";
import { batchesOf, type EngineState } from "./engine-state.ts";

/** The parts that the streams have in one group. */
export class StreamGroups {
  readonly #state: EngineState;
  readonly #groups = new Map<StreamName, StreamGroup<StreamName>>();

  /** Opens a part for each stream with batches, or for all when time alone is to do its work by `dueBy`, ms. */
  static async open(
    db: Queryable,
    state: EngineState,
    batches: readonly IngestBatch[],
    dueBy: number | null,
  ): Promise<StreamGroups> {
    const groups = new StreamGroups(state);
    for (const name of STREAM_NAMES) {
      const own = batchesOf(batches, name);
      if (own.length > 0 || (dueBy !== null && state.of(name).isDue(dueBy))) {
        groups.#groups.set(name, await state.of(name).openGroup(db, own, dueBy));
      }
    }
    return groups;
  }

  private constructor(state: EngineState) {
    this.#state = state;
  }

  get stateRows(): number {
    let rows = 0;
    for (const group of this.#groups.values()) rows += group.stateRows;
    return rows;
  }

  apply(batch: IngestBatch, firstSeq: bigint): DispositionCounts {
    const group = this.#groups.get(batch.stream);
    if (!group) throw new Error(`the group was opened without ${batch.stream}`);
    return group.apply(batch, firstSeq);
  }

  async writeState(db: Queryable): Promise<void> {
    await awaitAll(Array.from(this.#groups.values(), (group) => group.writeState(db)));
  }

  /** @returns what screens are told of it */
  async write(db: Queryable, position: number, at: Date): Promise<Partial<Committed>> {
    const told = await awaitAll(Array.from(this.#groups.values(), (group) => group.write(db, position, at)));
    return Object.assign({}, ...told);
  }

  /** After the commit of a group that did not write its state rows: they wait. */
  writeBehind(): void {
    for (const [name, group] of this.#groups) this.#state.of(name).writeBehind(group);
  }
}
