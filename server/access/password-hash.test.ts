/** @module-tag slow */
import { hashPassword as oldHash } from "better-auth/crypto";
import { expect, test } from "vitest";
import { hashPassword, isOutdated, verifyPassword } from "./password-hash.ts";

const PASSWORD = "a long test password";

test("what is stored says how it was made: scrypt at OWASP's parameters, a new salt each time", async () => {
  const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  expect(one).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(isOutdated(one)).toBe(false);
  expect(await verifyPassword({ hash: one, password: PASSWORD })).toBe(true);
  expect(await verifyPassword({ hash: one, password: `${PASSWORD}x` })).toBe(false);
});

test("a keyboard that writes letters in pieces, or wide, writes the same password", async () => {
  const hash = await hashPassword("caf\u00e9 at the harbour");
  expect(await verifyPassword({ hash, password: "cafe\u0301 at the harbour" })).toBe(true);
  expect(await verifyPassword({ hash, password: "ｃａｆé at the harbour" })).toBe(true);
});

test("what better-auth stored by itself is still right, and out of date", async () => {
  const hash = await oldHash(PASSWORD);
  expect(await verifyPassword({ hash, password: PASSWORD })).toBe(true);
  expect(await verifyPassword({ hash, password: "another one" })).toBe(false);
  expect(isOutdated(hash)).toBe(true);
});

test("a lower cost is verified and out of date; a ruinous or broken one is nobody's", async () => {
  // scrypt("password", "NaCl", N=1024, r=8, p=16) of RFC 7914 has p beyond what is computed here.
  const low = "$scrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$";
  expect(isOutdated(`${low}AAAA`)).toBe(true);
  for (const hash of [
    "",
    "x",
    `${low}`,
    "$scrypt$ln=30,r=8,p=1$AAAA$AAAA",
    "$scrypt$ln=10,r=8,p=16$AAAA$AAAA",
  ]) {
    expect([hash, await verifyPassword({ hash, password: PASSWORD })]).toEqual([hash, false]);
  }
});
