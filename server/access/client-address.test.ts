import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { clientAddress, createForwarding, isFromHere, isOwnOrigin, ownOrigin } from "./client-address.ts";

const PROXIES = ["10.0.0.0/8", "fd00::/8"];
type Sent = Readonly<Record<string, string>>;

function arrived(peer: string, sent: Sent, publicUrl?: string, trustedProxies: readonly string[] = PROXIES) {
  const request = { headers: { host: "direct.test:3000", ...sent }, socket: { remoteAddress: peer } };
  createForwarding({ publicUrl, trustedProxies })(request as unknown as IncomingMessage);
  return { request: request as unknown as IncomingMessage, headers: new Headers(request.headers) };
}

describe("the address of who asks", () => {
  test.each([
    ["nobody stands between", "203.0.113.7", "", "203.0.113.7"],
    ["who is no proxy may tell what they like", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["a proxy tells it", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["a proxy that is seen as IPv6", "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["a proxy of IPv6", "fd00::1", "2001:DB8::7", "2001:db8::7"],
    ["what the client wrote before it is not taken", "10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["behind two proxies", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["with a port", "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
    ["IPv6 with a port", "10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"],
    ["what is no address ends the way", "10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"],
    ["a proxy that tells nothing", "10.0.0.1", "", "10.0.0.1"],
    ["all of them are ours", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["empty values", "10.0.0.1", " , 198.51.100.1,,", "198.51.100.1"],
  ])("%s", (_, peer, told, expected) => {
    const sent: Sent = told === "" ? {} : { "x-forwarded-for": told };
    expect(clientAddress(arrived(peer, sent))).toBe(expected);
  });

  test("no other header that a client writes is left for anybody to read", () => {
    const sent = {
      forwarded: "for=1.1.1.1",
      "x-real-ip": "1.1.1.1",
      "x-client-ip": "1.1.1.1",
      "x-forwarded": "1.1.1.1",
      "x-forwarded-port": "1",
      "x-forwarded-server": "1.1.1.1",
      "cf-connecting-ip": "1.1.1.1",
    };
    const { headers } = arrived("10.0.0.1", sent);
    expect([...headers.keys()]).toEqual(["host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]);
    expect([...headers.values()].join()).not.toContain("1.1.1.1");
  });
});

describe("the address under which they reached us", () => {
  const told = { "x-forwarded-host": "tw.example.com", "x-forwarded-proto": "https" };
  test.each([
    ["directly", "203.0.113.7", {}, "http://direct.test:3000"],
    ["the usual port is not named", "203.0.113.7", { host: "direct.test:80" }, "http://direct.test"],
    ["who is no proxy may tell what they like", "203.0.113.7", told, "http://direct.test:3000"],
    ["a proxy tells it", "10.0.0.1", told, "https://tw.example.com"],
    [
      "a proxy tells the scheme alone",
      "10.0.0.1",
      { "x-forwarded-proto": "HTTPS" },
      "https://direct.test:3000",
    ],
    [
      "the proxy added to what the client wrote",
      "10.0.0.1",
      { "x-forwarded-host": "evil.example, tw.example.com", "x-forwarded-proto": "https, http" },
      "http://tw.example.com",
    ],
    ["a host that would be another URL", "203.0.113.7", { host: "a@evil.example/#" }, null],
    [
      "a scheme that is none of ours",
      "10.0.0.1",
      { "x-forwarded-proto": "gopher" },
      "http://direct.test:3000",
    ],
  ])("%s", (_, peer, sent, expected) => {
    expect(ownOrigin(arrived(peer, sent as Sent).headers)).toBe(expected);
  });

  test.each(["203.0.113.7", "10.0.0.1"])("PUBLIC_URL alone decides, whatever %s tells", (peer) => {
    const sent = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
    const { headers } = arrived(peer, sent, "https://tw.example.com/");
    expect(ownOrigin(headers)).toBe("https://tw.example.com");
    expect(headers.get("x-forwarded-host")).toBe("tw.example.com");
  });

  test.each([
    ["https://tw.example.com", true],
    ["http://tw.example.com", false],
    ["https://tw.example.com:8443", false],
    ["https://evil.example", false],
    ["null", false],
    ["", false],
  ])("a page of %s is our own: %s", (origin, expected) => {
    const sent = { origin, host: "evil.example" };
    expect(isOwnOrigin(arrived("203.0.113.7", sent, "https://tw.example.com").headers)).toBe(expected);
  });
});

test.each([
  ["127.0.0.1", {}, true],
  ["::1", {}, true],
  ["::ffff:127.0.0.1", {}, true],
  ["127.0.0.1", { "x-forwarded-for": "127.0.0.1" }, false],
  ["127.0.0.1", { forwarded: "for=127.0.0.1" }, false],
  ["127.0.0.1", { via: "1.1 proxy" }, false],
  ["203.0.113.7", {}, false],
])("%s with %j is this machine itself: %s", (peer, sent, expected) => {
  expect(isFromHere(arrived(peer, sent as Sent).request)).toBe(expected);
  expect(isFromHere(arrived(peer, sent as Sent, undefined, ["127.0.0.1"]).request)).toBe(expected);
});
