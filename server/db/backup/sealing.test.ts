import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BackupKey } from "./backup-key.ts";
import { BEGINNING, CHUNK, seal, TAG, unseal } from "./sealing.ts";

const KEY = new BackupKey("a key of these tests of 32 characters", "BACKUP_KEY");
const OTHER = new BackupKey("another key of these, of 32 characters", "SECRET_KEY");

const whole = (parts: AsyncIterable<Uint8Array>): Promise<Buffer> => buffer(parts as AsyncIterable<Buffer>);

/** In parts of one length, as a disk or a compressor might give it. */
const inParts = (bytes: Buffer, length: number): Readable => {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += length) parts.push(bytes.subarray(at, at + length));
  return Readable.from(parts);
};
const sealed = (plain: Buffer, key = KEY) => whole(seal(inParts(plain, 50_000), key));
const opened = (file: Buffer, keys = [OTHER, KEY], part = 70_000) => whole(unseal(inParts(file, part), keys));

const filled = (length: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + seed + (index >> 8)) & 0xff));
const FILE = await sealed(filled(3 * CHUNK + 1_000));
const TWIN = await sealed(filled(3 * CHUNK + 1_000, 2));
/** Where chunks begin. */
const startOf = (chunk: number): number => BEGINNING + chunk * (CHUNK + TAG);

describe("an encrypted file", () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])("gives back its %i bytes", async (length) => {
    const plain = filled(length);
    const file = await sealed(plain);
    expect(file.length).toBe(BEGINNING + length + TAG * Math.max(1, Math.ceil(length / CHUNK)));
    for (const part of [997, CHUNK + TAG, 1_000_000]) {
      expect((await opened(file, [KEY], part)).equals(plain)).toBe(true);
    }
  });

  test("shows nothing of what is in it, and is another one each time", async () => {
    const plain = Buffer.from("ann@example.com ".repeat(100));
    const [first, second] = [await sealed(plain), await sealed(plain)];
    expect(first.includes("example")).toBe(false);
    expect(first.subarray(BEGINNING).equals(second.subarray(BEGINNING))).toBe(false);
  });

  test("is refused wherever it was cut", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.integer({ min: 0, max: FILE.length - 1 }),
          fc.integer({ min: 0, max: 3 }).map(startOf),
          fc.integer({ min: 1, max: 3 }).map((chunk) => startOf(chunk) - TAG),
        ),
        async (length) => {
          await expect(opened(FILE.subarray(0, length))).rejects.toMatchObject({ code: "bad_backup" });
        },
      ),
      { numRuns: 60 },
    ));

  test("is refused whichever of its bits was turned", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 0, max: FILE.length - 1 }), fc.integer({ min: 0, max: BEGINNING - 1 })),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const turned = Buffer.from(FILE);
          turned[at] = (turned[at] ?? 0) ^ (1 << bit);
          await expect(opened(turned)).rejects.toMatchObject({ code: "bad_backup" });
        },
      ),
      { numRuns: 60 },
    ));

  const chunkOf = (file: Buffer, chunk: number) => file.subarray(startOf(chunk), startOf(chunk + 1));
  const beginning = FILE.subarray(0, BEGINNING);
  const [a, b, c, end] = [0, 1, 2, 3].map((chunk) => chunkOf(FILE, chunk)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  test.each([
    ["two chunks have changed places", [beginning, b, a, c, end]],
    ["a chunk is missing", [beginning, a, c, end]],
    ["a chunk comes twice", [beginning, a, a, b, c, end]],
    ["a chunk is another file's", [beginning, a, chunkOf(TWIN, 1), c, end]],
    ["the end is another file's", [beginning, a, b, c, chunkOf(TWIN, 3)]],
    ["the beginning is another file's", [TWIN.subarray(0, BEGINNING), a, b, c, end]],
    ["something follows its end", [FILE, Buffer.from("more")]],
    ["another file follows", [FILE, TWIN]],
  ])("is refused when %s", async (_what, parts) => {
    await expect(opened(Buffer.concat(parts))).rejects.toMatchObject({ code: "bad_backup" });
  });

  test("that ends between two chunks is said to end too early", async () => {
    await expect(opened(FILE.subarray(0, startOf(2)))).rejects.toThrow("ends too early");
  });

  test("of another key names both keys and what to set", async () => {
    const id = KEY.id.toString("hex");
    await expect(opened(FILE, [OTHER])).rejects.toThrow(
      `encrypted under the key ${id}, but SECRET_KEY gives ${OTHER.id.toString("hex")}. Set BACKUP_KEY or SECRET_KEY`,
    );
  });
});
