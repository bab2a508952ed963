import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { z } from "zod";
import { AppError } from "#server/lib/errors.ts";
import { BadBackup } from "./bad-backup.ts";

/**
 * A backup is one zstd stream of frames: a letter, a length (4 bytes, big-endian), the content. `H` begins it and says what
 * it is; each table is a `T`, its rows as `D` chunks of PostgreSQL's COPY text, and an `E` with their checksum; `Z` ends
 * it. One without its `Z` is not whole. What lies on the disk is that stream encrypted: sealing.ts.
 */

export const FORMAT = 2;

/** Of every format: what it is told by. */
export const anyHeader = z.object({ format: z.number() });
export const backupHeader = anyHeader.extend({
  /** ISO 8601. */
  madeAt: z.string(),
  /** The migrations whose schema the rows are of. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** Next values of generated numbers, by sequence. */
  sequences: z.record(z.string(), z.object({ lastValue: z.string(), isCalled: z.boolean() })),
  /** Epoch of the writer's lease: a writer of before the restore must never pass for one of after. */
  leaseEpoch: z.string(),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const tableStart = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableStart = z.infer<typeof tableStart>;
export const tableEnd = z.object({ rows: z.number(), sha256: z.string() });
export type TableEnd = z.infer<typeof tableEnd>;

export type FrameType = "H" | "T" | "D" | "E" | "Z";
export interface Frame {
  readonly type: FrameType;
  readonly content: Buffer;
}

const HEAD_BYTES = 5;
/** Longer than any chunk that is ever written: a file that claims more is not a backup. */
const MAX_CONTENT = 64 * 1024 * 1024;

export function encodeFrame(type: FrameType, content: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(content.byteLength, 1);
  return Buffer.concat([head, content]);
}

export const encodeJson = (type: FrameType, value: unknown): Buffer =>
  encodeFrame(type, Buffer.from(JSON.stringify(value)));

/**
 * Reads frame after frame.
 * @throws {BadBackup} the stream is no backup or ends within a frame
 */
export async function* readFrames(source: Readable): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of source) {
      held = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer]);
      for (let frame = firstFrame(held); frame; frame = firstFrame(held)) {
        held = held.subarray(HEAD_BYTES + frame.content.length);
        yield frame;
      }
    }
  } catch (error) {
    if (error instanceof AppError || (error as { syscall?: string }).syscall) throw error;
    throw new BadBackup(`it is damaged (${(error as Error).message})`);
  }
  if (held.length > 0) throw new BadBackup("it ends too early");
}

function firstFrame(held: Buffer): Frame | null {
  if (held.length < HEAD_BYTES) return null;
  const type = held.toString("latin1", 0, 1);
  const length = held.readUInt32BE(1);
  if (!"HTDEZ".includes(type) || length > MAX_CONTENT) throw new BadBackup("it is not a backup of Tidewatch");
  if (held.length < HEAD_BYTES + length) return null;
  return { type: type as FrameType, content: held.subarray(HEAD_BYTES, HEAD_BYTES + length) };
}

export function parseJson<T>(schema: z.ZodType<T>, content: Buffer): T {
  try {
    return schema.parse(JSON.parse(content.toString("utf8")));
  } catch {
    throw new BadBackup("it is damaged, or of a kind that this version does not know");
  }
}

/** Counts and signs the rows of one table as they pass. In COPY text each row is a line; line feeds within are escaped. */
export class TableSum {
  readonly #hash = createHash("sha256");
  #rows = 0;
  #end: TableEnd | null = null;

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    for (const byte of chunk) if (byte === 0x0a) this.#rows += 1;
  }

  /** After the last chunk. */
  end(): TableEnd {
    this.#end ??= { rows: this.#rows, sha256: this.#hash.digest("hex") };
    return this.#end;
  }
}
