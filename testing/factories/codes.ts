import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An authenticator app: its codes, computed from what the picture says, by itself and not by the product's code. */
export class AuthenticatorApp {
  readonly #key: Buffer;

  /** @param uri otpauth://totp/…?secret=… */
  constructor(uri: string) {
    const secret = new URL(uri).searchParams.get("secret") ?? "";
    const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const bytes = bits.match(/.{8}/g) ?? [];
    this.#key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  }

  /** @param ahead how many half minutes from now */
  code(ahead = 0): string {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + ahead, 4);
    const digest = createHmac("sha1", this.#key).update(counter).digest();
    const offset = (digest[19] ?? 0) % 16;
    const number = digest.readInt32BE(offset) & 0x7fffffff;
    return number.toString().slice(-6).padStart(6, "0");
  }

  /** Six digits that are right neither now nor in the next minutes. */
  wrongCode(): string {
    const right = Array.from({ length: 12 }, (_, n) => this.code(n - 2));
    return ["111111", "222222", "333333", "444444"].find((code) => !right.includes(code)) ?? "";
  }
}
