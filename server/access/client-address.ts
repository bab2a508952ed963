import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { canonicalAddress, type Networks, networksOf } from "../lib/networks.ts";

/** Where browsers reach the system, and whom it believes. */
export interface EdgeOptions {
  /** Where browsers reach the system; unset: the host that each request names. */
  readonly publicUrl: string | undefined;
  /** Addresses and networks whose forwarded headers count. */
  readonly trustedProxies: readonly string[];
}

/** All names under which a proxy tells of who stands behind it; from anybody else they are a pretence. */
const FORWARDED =
  /^(?:forwarded|x-forwarded(?:-.*)?|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|via)$/;
/** Host and port as a URL writes them, and nothing that would make it another URL. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

const local = new WeakSet<IncomingMessage>();

/**
 * Makes the one step that every request and upgrade passes first. It decides the client's address and the address under
 * which the client reached us, removes every forwarded header and writes the decision into `x-forwarded-for`, `-host`
 * and `-proto`, once each: whoever reads them behind it, our own code, Next or better-auth, reads one truth.
 */
export function createForwarding({
  publicUrl,
  trustedProxies,
}: EdgeOptions): (request: IncomingMessage) => void {
  const trusted = networksOf(trustedProxies);
  const own = publicUrl === undefined ? null : new URL(publicUrl);
  return (request) => {
    const { headers } = request;
    const { address, hops } = clientOf(request, trusted);
    const host = own?.host ?? outermost(headers["x-forwarded-host"], hops) ?? headers.host ?? "";
    const scheme = own?.protocol.slice(0, -1) ?? outermost(headers["x-forwarded-proto"], hops)?.toLowerCase();
    const names = Object.keys(headers).filter((name) => FORWARDED.test(name));
    if (names.length === 0 && isLoopback(address)) local.add(request);
    for (const name of names) delete headers[name];
    headers["x-forwarded-for"] = address;
    if (HOST.test(host)) headers["x-forwarded-host"] = host;
    headers["x-forwarded-proto"] = scheme === "https" ? "https" : "http";
  };
}

/** Whether a request comes from this machine itself and through no proxy; false for one that was not looked at. */
export const isFromHere = (request: IncomingMessage): boolean => local.has(request);

/**
 * The address that a request comes from, as decided at the door: IPv4, or IPv6 in its short form.
 * Empty when the connection had ended before it was asked.
 */
export function clientAddress({ headers }: { readonly headers: Headers }): string {
  return headers.get("x-forwarded-for") ?? "";
}

/** The origin of our own pages for whoever made this request, e.g. `https://tidewatch.example.com`; null: none is right. */
export function ownOrigin(headers: Headers): string | null {
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
  if (!HOST.test(host)) return null;
  return URL.parse(`${headers.get("x-forwarded-proto") ?? "http"}://${host}`)?.origin ?? null;
}

/** Whether the page that made this request is one of our own: the whole origin, scheme and port too. */
export function isOwnOrigin(headers: Headers): boolean {
  const given = headers.get("origin");
  return given !== null && given === ownOrigin(headers);
}

/** From the socket outwards: each hop that is trusted says who stood before it. */
function clientOf(
  { socket, headers }: IncomingMessage,
  trusted: Networks,
): { address: string; hops: number } {
  let address = canonicalAddress(socket.remoteAddress ?? "") ?? "";
  let hops = 0;
  const told = valuesOf(headers["x-forwarded-for"]).map(addressIn).reverse();
  for (const next of [...told, null]) {
    if (address === "" || !trusted.has(address)) break;
    hops += 1;
    if (next === null) break; // the end, or what is no address: the proxy itself is all that we know
    address = next;
  }
  return { address, hops };
}

/** Each trusted hop sets a value or adds one at the end; what stands further to the left is the client's own. */
function outermost(header: string | string[] | undefined, hops: number): string | undefined {
  const values = valuesOf(header);
  return hops === 0 ? undefined : values[Math.max(0, values.length - hops)];
}

function valuesOf(header: string | string[] | undefined): string[] {
  const values = [header ?? []].flat().join(",").split(",");
  return values.map((value) => value.trim()).filter((value) => value !== "");
}

/** Some proxies write the port as well. */
function addressIn(value: string): string | null {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(value) ?? [];
  return canonicalAddress(bracketed ?? plain ?? value);
}

const loopback = networksOf(["127.0.0.0/8", "::1"]);
const isLoopback = (address: string): boolean => isIP(address) !== 0 && loopback.has(address);
