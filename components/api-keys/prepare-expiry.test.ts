import { expect, test } from "vitest";
import { prepareExpiry } from "./prepare-expiry.ts";

const NOW = Date.parse("2026-11-22T06:00:00Z");

test.each([
  [null, NOW, { kind: "never" }],
  ["2026-12-06T06:00:00.000Z", NOW, { kind: "later" }],
  ["2026-12-06T05:59:59.000Z", NOW, { kind: "soon", seconds: 14 * 86_400 - 1 }],
  ["2026-11-22T06:00:00.001Z", NOW, { kind: "soon", seconds: 0.001 }],
  ["2026-11-22T06:00:00.000Z", NOW, { kind: "over" }],
  ["2020-01-01T00:00:00.000Z", null, { kind: "later" }],
])("a key that expires at %s is at %s %j", (expiresAt, now, expected) => {
  expect(prepareExpiry(expiresAt, now)).toEqual(expected);
});
