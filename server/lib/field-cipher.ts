import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from "node:crypto";

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
/** Bytes of a look-up. */
export const LOOK_UP = 16;
/** Nonces drawn at a time: asking the system for each one alone costs as much as the encryption. */
const DRAWN = 1_024;

/**
 * Encrypts what may hold personal data (AES-256-GCM) and makes keyed hashes of it. Keys derive from SECRET_KEY, which
 * never lies in the database. A sealed value is: version byte, nonce (12), tag (16), ciphertext. `purpose` is bound
 * to the value, so one sealed for a column cannot be opened as another.
 */
export class FieldCipher {
  // Key objects: from plain bytes, Node would prepare the key anew for every value, which takes longer than its use.
  readonly #encryption: KeyObject;
  readonly #hashing: KeyObject;
  readonly #lookingUp: KeyObject;
  readonly #sameNonces: KeyObject;
  readonly #nonces = Buffer.alloc(NONCE * DRAWN);
  #nextNonce = this.#nonces.length;
  /** They are few and constant. */
  readonly #purposes = new Map<string, Buffer>();

  constructor(secretKey: string) {
    const derive = (label: string) =>
      createSecretKey(Buffer.from(hkdfSync("sha256", secretKey, "tidewatch", label, 32)));
    this.#encryption = derive("encryption");
    this.#hashing = derive("hashing");
    this.#lookingUp = derive("look-up");
    this.#sameNonces = derive("nonces of sealSame");
  }

  seal(plain: Uint8Array, purpose: string): Buffer {
    return this.#sealWith(this.#nonce(), plain, this.#bytesOf(purpose));
  }

  /**
   * Seals so that the same value of the same place gives the same bytes: the database sees whether a row's value changed without
   * reading it. The nonce is a keyed hash of value and place, so it is used again for that very value alone.
   * @param place what the value is bound to: its column and its row; opened with `openSame`
   */
  sealSame(plain: Uint8Array, place: string): Buffer {
    const bound = Buffer.from(place);
    const nonce = createHmac("sha256", this.#sameNonces)
      .update(`${bound.length}:`)
      .update(bound)
      .update(plain)
      .digest()
      .subarray(0, NONCE);
    return this.#sealWith(nonce, plain, bound);
  }

  /** @throws when the value was not sealed with this key for this place, or was changed since */
  openSame(sealed: Uint8Array, place: string): Buffer {
    return this.#openWith(sealed, Buffer.from(place));
  }

  #sealWith(nonce: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer {
    const cipher = createCipheriv("aes-256-gcm", this.#encryption, nonce);
    cipher.setAAD(bound);
    const body = cipher.update(plain);
    cipher.final();
    const sealed = Buffer.allocUnsafe(1 + NONCE + TAG + body.length);
    sealed[0] = VERSION;
    sealed.set(nonce, 1);
    sealed.set(cipher.getAuthTag(), 1 + NONCE);
    sealed.set(body, 1 + NONCE + TAG);
    return sealed;
  }

  /** @throws when the value was not sealed with this key for this purpose, or was changed since */
  open(sealed: Uint8Array, purpose: string): Buffer {
    return this.#openWith(sealed, this.#bytesOf(purpose));
  }

  #openWith(sealed: Uint8Array, bound: Uint8Array): Buffer {
    if (sealed[0] !== VERSION) throw new Error(`sealed value of unknown version ${sealed[0]}`);
    const nonce = sealed.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv("aes-256-gcm", this.#encryption, nonce);
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    const plain = decipher.update(sealed.subarray(1 + NONCE + TAG));
    decipher.final();
    return plain;
  }

  #bytesOf(purpose: string): Buffer {
    let bytes = this.#purposes.get(purpose);
    if (!bytes) {
      bytes = Buffer.from(purpose);
      this.#purposes.set(purpose, bytes);
    }
    return bytes;
  }

  /** A random nonce, used once. */
  #nonce(): Buffer {
    if (this.#nextNonce === this.#nonces.length) {
      randomFillSync(this.#nonces);
      this.#nextNonce = 0;
    }
    const start = this.#nextNonce;
    this.#nextNonce += NONCE;
    return Buffer.from(this.#nonces.subarray(start, this.#nextNonce));
  }

  /** Keyed hash for look-ups and distinct counts of personal values. */
  hash(value: string): Buffer {
    return createHmac("sha256", this.#hashing).update(value).digest();
  }

  /** What a value is found by in the database, of 16 bytes: a keyed hash that no other use shares. @param purpose of which column */
  lookUp(value: string, purpose: string): Buffer {
    return createHmac("sha256", this.#lookingUp).update(`${purpose}:${value}`).digest().subarray(0, LOOK_UP);
  }

  /** A secret of its own for another part of the system, e.g. session signing. */
  derive(label: string): string {
    return createHmac("sha256", this.#hashing).update(`derive:${label}`).digest("hex");
  }
}
