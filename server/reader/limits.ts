/** Bounds of one ingest request; past a body limit the answer is 413, past a line or field limit the line is rejected. */
export const LIMITS = {
  /** Bytes on the wire. */
  bodyBytes: 32 * 1024 * 1024,
  /** Bytes after decompression. */
  decompressedBytes: 128 * 1024 * 1024,
  /** Bytes of a list of key users, also once it is unpacked. */
  listBytes: 32 * 1024 * 1024,
  /** Frames of zstd in one body. */
  bodyParts: 1_000,
  /** Bytes that a body may unpack to beside others; what is more waits for its turn. */
  unpackedAtOnce: 4 * 1024 * 1024,
  /** Bytes of all bodies that are arriving, over all senders; past it the answer is 429. */
  intakeBytes: 128 * 1024 * 1024,
  /** Of a refused body, the bytes that are still taken and for how long (ms), so that its sender gets to read the answer. */
  known: { drainedBytes: 64 * 1024 * 1024, drainMs: 5_000 },
  /** The same for who may not send at all. */
  strange: { drainedBytes: 256 * 1024, drainMs: 1_000 },
  /** Records of one body: each refused one is kept, and all commit together. */
  records: 1_000_000,
  /** Lines of one body, blank ones among them. */
  lines: 4_000_000,
  /** Bytes of one NDJSON line, JSON element or CSV row. */
  lineBytes: 64 * 1024,
  /** UTF-16 units of one text field. */
  fieldLength: 4_096,
  /** UTF-16 units of a text that is part of a key: an index of PostgreSQL holds 2,704 bytes at most. */
  keyLength: 256,
} as const;
