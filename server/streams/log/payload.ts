import { zstdDecompressSync } from "node:zlib";
import type { BatchEvents } from "#server/contracts/batch-events.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { isWorthPacking, pack } from "./packing.ts";

const PURPOSE = "event_log";
/** With which zstd's frames begin; no codec's bytes do. */
const ZSTD = 0x28;

/** Events that were accepted at one time: a log row holds one or more requests. */
export interface AcceptedRun<S extends StreamName = StreamName> {
  readonly acceptedAt: number;
  readonly eventClock: boolean;
  readonly events: BatchEvents[S];
}

/** How a stream's events lie in the log, before they are compressed and sealed. */
export interface PayloadCodec<S extends StreamName> {
  encode(runs: readonly AcceptedRun<S>[]): Buffer;
  decode(plain: Buffer): AcceptedRun<S>[];
}

/** Payload of a log row, compressed with zstd unless it is short, then sealed. */
export function encodePayload<S extends StreamName>(
  codec: PayloadCodec<S>,
  runs: readonly AcceptedRun<S>[],
  cipher: FieldCipher,
): Buffer {
  const plain = codec.encode(runs);
  return cipher.seal(isWorthPacking(plain) ? pack(plain) : plain, PURPOSE);
}

export function decodePayload<S extends StreamName>(
  codec: PayloadCodec<S>,
  payload: Uint8Array,
  cipher: FieldCipher,
): AcceptedRun<S>[] {
  const packed = cipher.open(payload, PURPOSE);
  return codec.decode(packed[0] === ZSTD ? zstdDecompressSync(packed) : packed);
}
