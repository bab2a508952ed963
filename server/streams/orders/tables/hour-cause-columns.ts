import { bigIntOf } from "#server/contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import type { CausingOrder } from "../operator/hour-causes.ts";
import type { HourChanges } from "../operator/winner-changes.ts";

/**
 * What a large commit did to an hour, as columns one after the other in the byte order of this machine kind (little-endian):
 * the number of the first event; of each change its kind, whether something was replaced, and the event's number from the first;
 * of each replaced order its time, amount and order number. The winners themselves lie in the commit's log row.
 */

/** A change as it is read back. */
export interface StoredChange {
  /** Number of the kind. */
  readonly kind: number;
  readonly seq: bigint;
  readonly before: CausingOrder | null;
}

/** Counts before the columns: changes, replaced orders, bytes of their numbers. */
const COUNTS = 3;

export function bytesOfChanges(changes: HourChanges): Buffer {
  const count = changes.length;
  const first = changes.seqAt(0);
  const codes = new Uint8Array(count);
  const offsets = new Int32Array(count);
  const replaced: number[] = [];
  for (let index = 0; index < count; index++) {
    const isReplacing = changes.isReplacing(index);
    codes[index] = changes.kindAt(index) * 2 + Number(isReplacing);
    offsets[index] = changes.seqAt(index) - first;
    if (isReplacing) replaced.push(index);
  }
  const { times, amounts, lengths, bytes } = columnsOfReplaced(changes, replaced);
  const counts = Uint32Array.of(count, replaced.length, bytes.length);
  return Buffer.concat(
    [counts, Float64Array.of(first), codes, offsets, times, amounts, lengths, bytes].map(bytesOf),
  );
}

/** Of what lies far apart in memory (numbers of orders), each step reads for all before the next: no read waits for another. */
function columnsOfReplaced(changes: HourChanges, replaced: readonly number[]) {
  const count = replaced.length;
  const times = new Float64Array(count);
  const amounts = new Int32Array(count * 2);
  const lengths = new Uint16Array(count);
  const orderNos = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const index = replaced[at] as number;
    const { day, part } = changes.batchAt(index);
    const place = changes.placeAt(index);
    times[at] = day.timeAt(part.beforeTimes[place] as number);
    amounts[at * 2] = part.beforeAmounts[place * 2] as number;
    amounts[at * 2 + 1] = part.beforeAmounts[place * 2 + 1] as number;
    orderNos[at] = part.beforeOrderNos[place] as number;
  }
  // All are of the hour's own day.
  const bytes = changes.batchAt(0).day.orderNos.copies(orderNos, lengths);
  return { times, amounts, lengths, bytes };
}

export function changesFromBytes(plain: Buffer): StoredChange[] {
  let at = 0;
  // Copies: a typed array begins at a multiple of its element's size.
  const take = (size: number): ArrayBuffer => {
    at += size;
    return new Uint8Array(plain.subarray(at - size, at)).buffer;
  };
  const [count = 0, replaced = 0, textBytes = 0] = new Uint32Array(take(COUNTS * 4));
  const [first = 0] = new Float64Array(take(8));
  const codes = new Uint8Array(take(count));
  const offsets = new Int32Array(take(count * 4));
  const times = new Float64Array(take(replaced * 8));
  const amounts = new Int32Array(take(replaced * 8));
  const lengths = new Uint16Array(take(replaced * 2));
  const texts = Buffer.from(take(textBytes));
  let [next, end] = [0, 0];
  const nextReplaced = (): CausingOrder => {
    const start = end;
    end += lengths[next] as number;
    const [low, high] = [amounts[next * 2] as number, amounts[next * 2 + 1] as number];
    const payable = high === NO_AMOUNT_HIGH ? null : bigIntOf(low, high);
    return { orderNo: texts.toString("utf8", start, end), at: times[next++] as number, payable };
  };
  return Array.from(codes, (code, index) => ({
    kind: code >> 1,
    seq: BigInt(first + (offsets[index] as number)),
    before: code & 1 ? nextReplaced() : null,
  }));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
