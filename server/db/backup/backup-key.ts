import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";

const KEY_BYTES = 32;
const ID_BYTES = 8;

/** Encrypts backups and nothing else. */
export class BackupKey {
  /** Tells keys apart; says nothing about the key. */
  readonly id: Buffer;
  /** Where it comes from, in words: what has to be kept. */
  readonly source: string;
  readonly #root: Buffer;

  constructor(secret: string, source: string) {
    this.#root = createHmac("sha256", "tidewatch backup").update(secret).digest();
    this.id = createHash("sha256")
      .update("tidewatch backup key id")
      .update(this.#root)
      .digest()
      .subarray(0, ID_BYTES);
    this.source = source;
  }

  /** The key of one file: its beginning, with the salt in it, goes into the key, so that none of it can be changed. */
  ofFile(beginning: Uint8Array): KeyObject {
    return createSecretKey(
      Buffer.from(hkdfSync("sha256", this.#root, beginning, "tidewatch backup file", KEY_BYTES)),
    );
  }
}

/** A key's id as people read it. */
export const readableId = (id: Uint8Array): string => Buffer.from(id).toString("hex");
