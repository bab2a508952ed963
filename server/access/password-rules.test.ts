import { expect, test } from "vitest";
import { requireGoodPassword } from "./password-rules.ts";

const LIN = { email: "lin.wei@example.test", name: "Lin Wei", username: "weilin" };
const reasonOf = (password: string, owner = LIN) =>
  requireGoodPassword(password, owner).then(
    () => "good",
    (error: { fields: { reason: string } }) => error.fields.reason,
  );

test.each([
  ["elf letters", "kdvi3 9qmfz", "short"],
  ["twelve", "kdvi3 9qmfzp", "good"],
  ["eleven that are written as 22", "\u1100\u1161".repeat(11), "short"],
  ["128", "kdvi3 9qmfzp".padEnd(128, "wq x7"), "good"],
  ["129", "kdvi3 9qmfzp".padEnd(129, "wq x7"), "long"],
  ["a few words", "a long test password", "good"],
  ["on the lists", "password1234", "common"],
  ["on the lists, dressed up", "P@ssword1234!", "common"],
  ["digits in a row", "123456789012", "common"],
  ["keys in a row", "qwertyuiop12", "common"],
  ["one character", "aaaaaaaaaaaaaaaa", "common"],
  ["twice the same", "passwordpassword", "common"],
  ["blanks", " ".repeat(14), "common"],
  ["in full width", "ｐａｓｓｗｏｒｄ１２３４", "common"],
  ["one's own address", "lin.wei@example.test", "common"],
  ["one's own name and a few digits", "linwei123456", "common"],
  ["the name turned round", "WeiLin2026!!", "common"],
  ["the product and a year", "tidewatch2026!", "common"],
  ["the demo's", "tidewatch-demo", "common"],
])("%s: %s is %s", async (_, password, reason) => {
  expect(await reasonOf(password)).toBe(reason);
});
