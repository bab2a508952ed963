import fc from "fast-check";
import { expect, test } from "vitest";
import { returnPath, signInPath } from "./return-path.ts";

test.each([
  ["/orders?date=2026-11-16", "/orders?date=2026-11-16"],
  ["/retention/7", "/retention/7"],
  ["/orders?_rsc=1xy&date=2026-11-16", "/orders?date=2026-11-16"],
  ["/orders?_rsc=1xy", "/orders"],
  ["/key-users?search=%E5%BC%A0", "/key-users?search=%E5%BC%A0"],
])("%s is gone back to", (asked, path) => {
  expect(returnPath(asked)).toBe(path);
  expect(signInPath(asked)).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
});

test.each([
  undefined,
  null,
  "",
  "/",
  "orders",
  "//evil.example/orders",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "https://evil.example/orders",
  "javascript:alert(1)",
  "/sign-in?to=/orders",
  "/enrol?to=/orders",
  "/setup?code=1",
  "/invitation?token=1",
  "/reset?token=1",
  "/api/v1/pipeline",
  "/forbidden",
  ["/orders", "/retention"],
])("%j leads to the role's own screen", (asked) => {
  expect(returnPath(asked)).toBe("/");
});

test("whatever is asked for, a browser stays with us", () => {
  const parts = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "\t",
    "\n",
    "@",
    ":",
    "?",
    "#",
    "evil.example",
    "orders",
    "%2f",
    " ",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const path = returnPath(`/${pieces.join("")}`);
      expect(new URL(path, "https://tidewatch.example/sign-in").origin).toBe("https://tidewatch.example");
    }),
  );
});
