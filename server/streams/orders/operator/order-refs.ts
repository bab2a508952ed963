import type { OrderColumns } from "#server/contracts/order-columns.ts";

/** Accepted orders as they lie in the log. */
export interface OrderSource {
  readonly orders: OrderColumns;
  /** Number of the first one in the stream. */
  readonly firstSeq: bigint;
}

/** Some orders of some sources, in order. */
export class OrderRefs {
  readonly #sources: OrderSource[] = [];
  readonly #indexes: number[] = [];

  get length(): number {
    return this.#indexes.length;
  }

  add(source: OrderSource, index: number): void {
    this.#sources.push(source);
    this.#indexes.push(index);
  }

  sourceAt(place: number): OrderSource {
    return this.#sources[place] as OrderSource;
  }

  indexAt(place: number): number {
    return this.#indexes[place] as number;
  }
}
