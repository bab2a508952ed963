import { describe, expect, test } from "vitest";
import { Vault } from "./vault.ts";

const vault = new Vault("a secret of tests, longer than thirty-two characters");
const plain = Buffer.from("王小明 13812345678");

describe("the vault", () => {
  test("opens what it sealed, for the purpose that it was sealed for", () => {
    const sealed = vault.seal(plain, "a");
    expect(vault.open(sealed, "a")).toEqual(plain);
    expect(() => vault.open(sealed, "b")).toThrow();
  });

  test("opens nothing of another key, and nothing that was changed", () => {
    const sealed = vault.seal(plain, "a");
    expect(() => new Vault("another secret, also longer than thirty-two").open(sealed, "a")).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => vault.open(sealed, "a")).toThrow();
  });

  test("opens an empty value", () => {
    expect(vault.open(vault.seal(Buffer.alloc(0), "a"), "a")).toHaveLength(0);
  });

  test("never uses a nonce twice, over many values", () => {
    const nonces = new Set(
      Array.from({ length: 5_000 }, () => vault.seal(plain, "a").subarray(1, 13).toString("hex")),
    );
    expect(nonces.size).toBe(5_000);
  });

  test("hashes one value to one hash, with its own key", () => {
    expect(vault.hash("138")).toEqual(vault.hash("138"));
    expect(vault.hash("138")).not.toEqual(vault.hash("139"));
    expect(vault.hash("138")).not.toEqual(
      new Vault("another secret, also longer than thirty-two").hash("138"),
    );
    expect(vault.derive("a")).not.toBe(vault.derive("b"));
  });
});
