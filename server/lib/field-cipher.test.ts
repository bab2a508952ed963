import { describe, expect, test } from "vitest";
import { FieldCipher } from "./field-cipher.ts";

const cipher = new FieldCipher("a secret of tests, longer than thirty-two characters");
const plain = Buffer.from("王小明 13812345678");

describe("the cipher", () => {
  test("opens what it sealed, for the purpose that it was sealed for", () => {
    const sealed = cipher.seal(plain, "a");
    expect(cipher.open(sealed, "a")).toEqual(plain);
    expect(() => cipher.open(sealed, "b")).toThrow();
  });

  test("opens nothing of another key, and nothing that was changed", () => {
    const sealed = cipher.seal(plain, "a");
    expect(() => new FieldCipher("another secret, also longer than thirty-two").open(sealed, "a")).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => cipher.open(sealed, "a")).toThrow();
  });

  test("opens an empty value", () => {
    expect(cipher.open(cipher.seal(Buffer.alloc(0), "a"), "a")).toHaveLength(0);
  });

  test("never uses a nonce twice, over many values", () => {
    const nonces = new Set(
      Array.from({ length: 5_000 }, () => cipher.seal(plain, "a").subarray(1, 13).toString("hex")),
    );
    expect(nonces.size).toBe(5_000);
  });

  test("hashes one value to one hash, with its own key", () => {
    expect(cipher.hash("138")).toEqual(cipher.hash("138"));
    expect(cipher.hash("138")).not.toEqual(cipher.hash("139"));
    expect(cipher.hash("138")).not.toEqual(
      new FieldCipher("another secret, also longer than thirty-two").hash("138"),
    );
    expect(cipher.derive("a")).not.toBe(cipher.derive("b"));
  });
});
