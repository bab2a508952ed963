import { expect, test } from "vitest";
import { asRecoveryCode, makeRecoveryCodes } from "./recovery-codes.ts";

test("ten codes, no two alike, of letters that nobody takes for another", () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/);
  expect(makeRecoveryCodes()).not.toEqual(codes);
});

test.each(["k7mpx-4tq9w", "K7MPX-4TQ9W", " k7mpx 4tq9w\n", "k7mpx4tq9w", "k7mpx – 4tq9w"])(
  "%j is read off a paper",
  (typed) => {
    expect(asRecoveryCode(typed)).toBe("k7mpx-4tq9w");
  },
);
