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

  test("seals the same value of the same place to the same bytes, of another place or value to others", () => {
    const sealed = cipher.sealSame(plain, "a of 1");
    expect(cipher.sealSame(plain, "a of 1")).toEqual(sealed);
    const nonceOf = (value: Buffer) => value.subarray(1, 13).toString("hex");
    const others = [
      cipher.sealSame(plain, "a of 2"),
      cipher.sealSame(Buffer.from("王小朋 13812345678"), "a of 1"),
      cipher.sealSame(Buffer.from(`1${plain}`), "a of "), // no part of the place is taken for one of the value
      new FieldCipher("another secret, also longer than thirty-two").sealSame(plain, "a of 1"),
    ];
    expect(new Set([sealed, ...others].map(nonceOf)).size).toBe(5);
    expect(cipher.openSame(sealed, "a of 1")).toEqual(plain);
    expect(() => cipher.openSame(sealed, "a of 2")).toThrow();
  });

  test("looks values up by 16 bytes, of each purpose its own", () => {
    expect(cipher.lookUp("王", "name")).toHaveLength(16);
    expect(cipher.lookUp("王", "name")).toEqual(cipher.lookUp("王", "name"));
    expect(cipher.lookUp("王", "name")).not.toEqual(cipher.lookUp("王", "surname"));
    expect(cipher.lookUp("王", "name")).not.toEqual(cipher.hash("name:王").subarray(0, 16));
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
