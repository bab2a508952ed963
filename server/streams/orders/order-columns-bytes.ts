import { OrderColumns, TEXTS } from "#server/contracts/order-columns.ts";

/** Numbers that precede the columns: how many orders, and how many bytes of texts. */
const HEADER = 8;

/** Columns as bytes, one after the other, in the byte order of this machine kind (little-endian). */
export function bytesOfColumns({ arrays }: OrderColumns): Uint8Array[] {
  const { length, userIds, gmtModified, payTime, gmtCreated, payable, orderPrice } = arrays;
  const end = arrays.textStarts[length] as number;
  return [
    bytesOf(Uint32Array.of(length, end)),
    bytesOf(gmtModified.subarray(0, length)),
    bytesOf(payTime.subarray(0, length)),
    bytesOf(gmtCreated.subarray(0, length)),
    bytesOf(userIds.subarray(0, length * 2)),
    bytesOf(payable.subarray(0, length * 2)),
    bytesOf(orderPrice.subarray(0, length * 2)),
    bytesOf(arrays.textLengths.subarray(0, length * TEXTS)),
    arrays.bytes.subarray(0, end),
  ];
}

/** Columns from such bytes, and where they end. */
export function columnsFromBytes(
  bytes: Uint8Array,
  start: number,
): { readonly columns: OrderColumns; readonly end: number } {
  let at = start;
  // Copies: a typed array begins at a multiple of its element's size.
  const take = (size: number): ArrayBuffer => {
    const copy = new Uint8Array(size);
    copy.set(bytes.subarray(at, at + size));
    at += size;
    return copy.buffer;
  };
  const [length = 0, textBytes = 0] = new Uint32Array(take(HEADER));
  const columns = {
    length,
    gmtModified: new Float64Array(take(length * 8)),
    payTime: new Float64Array(take(length * 8)),
    gmtCreated: new Float64Array(take(length * 8)),
    userIds: new Int32Array(take(length * 8)),
    payable: new Int32Array(take(length * 8)),
    orderPrice: new Int32Array(take(length * 8)),
    textLengths: new Int16Array(take(length * TEXTS * 2)),
  };
  const textStarts = startsOf(columns.textLengths, length);
  return {
    columns: new OrderColumns({ ...columns, textStarts, bytes: new Uint8Array(take(textBytes)) }),
    end: at,
  };
}

function startsOf(lengths: Int16Array, orders: number): Int32Array {
  const starts = new Int32Array(orders + 1);
  for (let index = 0; index < orders; index++) {
    let end = starts[index] as number;
    for (let text = 0; text < TEXTS; text++) end += Math.max(0, lengths[index * TEXTS + text] as number);
    starts[index + 1] = end;
  }
  return starts;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
