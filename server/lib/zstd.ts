import { type ZstdDecompress, type ZstdOptions, zstdDecompress } from "node:zlib";

/** Frames of one body; each costs a decoder of its own, so that many empty ones would be a cheap way to keep us busy. */
const MOST_FRAMES = 1_000;

interface Frame {
  readonly buffer: Buffer;
  /** Its `bytesWritten` are those of the frame: it stops reading where the frame ends. */
  readonly engine: ZstdDecompress;
}

/**
 * All frames of zstd data, one after the other, as `zstd` itself reads a file: Node's decoder stops after the first and
 * says nothing of the rest.
 * @param most bytes after decompression
 * @throws {Error} with the code ERR_BUFFER_TOO_LARGE beyond `most`; any other for what is not whole zstd data
 */
export async function unzstd(body: Buffer, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let room = most;
  for (let start = 0; start < body.length; ) {
    if (parts.length === MOST_FRAMES) throw new Error(`more than ${MOST_FRAMES} zstd frames`);
    const { buffer, engine } = await readFrame(body.subarray(start), room);
    start += engine.bytesWritten;
    room -= buffer.length;
    parts.push(buffer);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

function readFrame(bytes: Buffer, room: number): Promise<Frame> {
  // The limit must be above zero: an empty frame may still follow a full body.
  const options = { maxOutputLength: Math.max(1, room), info: true };
  return new Promise((resolve, reject) => {
    zstdDecompress(bytes, options as ZstdOptions, (error, frame) =>
      error ? reject(error) : resolve(frame as unknown as Frame),
    );
  });
}
