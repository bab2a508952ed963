import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { type BackupKey, readableId } from "./backup-key.ts";
import { BadBackup } from "./bad-backup.ts";
import { inPieces } from "./pieces.ts";

/**
 * An encrypted file begins with a mark, a version byte, the id of its key (8 bytes) and a salt (32 bytes). Chunks of 64 KiB
 * follow, the last one shorter or of that length, each sealed by AES-256-GCM with its tag (16 bytes) behind it. The nonce is the
 * chunk's number, and whether it is the last: a file that was cut, put together anew or made longer does not open. Every file has
 * a key of its own, so no nonce comes twice under one key.
 */

const MARK = Buffer.from("TIDEWATCH-BACKUP", "latin1");
const VERSION = 2;
const ID_AT = MARK.length + 1;
const SALT_AT = ID_AT + 8;
/** Bytes before the first chunk. */
export const BEGINNING = SALT_AT + 32;
/** Bytes of a chunk before it is sealed, and what sealing adds. */
export const CHUNK = 64 * 1024;
export const TAG = 16;
/** What a file begins with that was not encrypted: zstd's own mark. */
const PLAIN_MARK = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(chunk), 0);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function sealChunk(key: KeyObject, chunk: number, isLast: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(chunk, isLast));
  const body = cipher.update(plain);
  return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
}

/** null: it is not the chunk that was sealed in this place. */
function openChunk(key: KeyObject, chunk: number, isLast: boolean, sealed: Buffer): Buffer | null {
  if (sealed.length < TAG) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(chunk, isLast), { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

/** Encrypts a stream as it passes. */
export async function* seal(source: AsyncIterable<Uint8Array>, key: BackupKey): AsyncGenerator<Buffer> {
  const beginning = Buffer.concat([MARK, Buffer.from([VERSION]), key.id, randomBytes(BEGINNING - SALT_AT)]);
  yield beginning;
  const fileKey = key.ofFile(beginning);
  let chunk = 0;
  for await (const { bytes, isLast } of inPieces(source, CHUNK)) {
    yield sealChunk(fileKey, chunk, isLast, bytes);
    chunk += 1;
  }
}

/**
 * Decrypts a stream as it passes; nothing comes out that was not sealed so, in this place of this file.
 * @param keys those that may have sealed it
 * @throws {BadBackup} it is no encrypted backup, of another key, changed or cut off
 */
export async function* unseal(
  source: AsyncIterable<Uint8Array>,
  keys: readonly BackupKey[],
): AsyncGenerator<Buffer> {
  let fileKey: KeyObject | null = null;
  let chunk = 0;
  for await (const { bytes, isLast } of inPieces(source, CHUNK + TAG, BEGINNING)) {
    if (fileKey === null) {
      fileKey = fileKeyOf(bytes, keys);
      if (isLast) throw new BadBackup("it ends too early");
      continue;
    }
    const plain = openChunk(fileKey, chunk, isLast, bytes);
    if (!plain) throw new BadBackup(faultOf(fileKey, chunk, isLast, bytes));
    yield plain;
    chunk += 1;
  }
}

function faultOf(key: KeyObject, chunk: number, isLast: boolean, sealed: Buffer): string {
  if (isLast && openChunk(key, chunk, false, sealed)) return "it ends too early";
  if (!isLast && openChunk(key, chunk, true, sealed)) return "it goes on after its end";
  return `it is damaged or cut off: part ${chunk + 1} of it is not what was written there`;
}

function fileKeyOf(beginning: Buffer, keys: readonly BackupKey[]): KeyObject {
  if (beginning.subarray(0, PLAIN_MARK.length).equals(PLAIN_MARK)) {
    throw new BadBackup("it is not encrypted: Tidewatch makes no such backups, and restores none");
  }
  if (!beginning.subarray(0, MARK.length).equals(MARK))
    throw new BadBackup("it is not a backup of Tidewatch");
  if (beginning.length < BEGINNING) throw new BadBackup("it ends too early");
  const version = beginning[MARK.length];
  if (version !== VERSION) throw new BadBackup(`its format ${version} is not known to this version`);
  const id = beginning.subarray(ID_AT, SALT_AT);
  const key = keys.find((each) => each.id.equals(id));
  if (key) return key.ofFile(beginning);
  const known = keys.map((each) => `${each.source} gives ${readableId(each.id)}`).join(", ");
  throw new BadBackup(
    `it is encrypted under the key ${readableId(id)}, but ${known}. Set BACKUP_KEY or SECRET_KEY to what it was when the backup was made`,
  );
}
