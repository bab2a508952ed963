import { expect, test } from "vitest";
import { canonicalAddress, isNetwork, networksOf } from "./networks.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:DB8:0:0::7", "2001:db8::7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
  ["fe80::1%eth0", "fe80::1"],
  ["::1", "::1"],
  ["10", null],
  ["010.0.0.1", null],
  ["unknown", null],
  ["", null],
])("%s is written %s", (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  ["10.0.0.1", "10.0.0.1", true],
  ["10.0.0.1", "10.0.0.2", false],
  ["10.0.0.0/8", "10.255.0.1", true],
  ["10.0.0.0/8", "11.0.0.1", false],
  ["fd00::/8", "fd12::1", true],
  ["fd00::/8", "fe00::1", false],
  ["::ffff:10.0.0.0/104", "10.255.0.1", true],
  ["::ffff:10.0.0.1", "10.0.0.1", true],
  ["::ffff:10.0.0.1", "10.0.0.2", false],
  ["127.0.0.1", "::1", false],
])("%s holds %s: %s", (network, address, expected) => {
  expect(networksOf([network]).has(address)).toBe(expected);
});

test.each([
  "10.0.0.0/33",
  "0.0.0.0/0",
  "::/0",
  "::/129",
  "::ffff:10.0.0.0/96",
  "10.0.0",
  "proxy",
  "10.0.0.1/",
  "",
])("%s is neither address nor network", (text) => {
  expect(isNetwork(text)).toBe(false);
});
