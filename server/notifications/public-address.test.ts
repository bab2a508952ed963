import { describe, expect, test } from "vitest";
import { isPublicAddress, lookupPublic, requirePublicHost } from "./public-address.ts";

describe("Security 11: what a webhook may reach", () => {
  test.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "193.0.0.1", "2606:4700::1111", "2a00:1450:4001::1"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  // The URL parser writes 127.1, 0x7f000001 and 2130706433 as 127.0.0.1 before anybody sees them.
  test.each(["http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/"])(
    "%s is refused however it is written",
    (url) => {
      expect(() => requirePublicHost(new URL(url).hostname)).toThrow("not public");
    },
  );

  test("a name is judged by what it resolves to, when it is connected to", async () => {
    const error = await new Promise((resolve) => lookupPublic("localhost", { all: true }, resolve));
    expect(String(error)).toContain("not public");
  });
});
