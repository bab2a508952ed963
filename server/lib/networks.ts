import { BlockList, isIP } from "node:net";

/** Bits by which an IPv4 address is longer when it is written as an IPv6 one (`::ffff:10.0.0.1`). */
const MAPPED_BITS = 96;

/**
 * The one way to write an address: IPv6 short and in small letters, without a zone; an IPv4 address that is written as an
 * IPv6 one as what it is. null: it is no address.
 */
export function canonicalAddress(text: string): string | null {
  const [address = ""] = text.split("%", 1);
  const kind = isIP(address);
  if (kind === 0) return null;
  if (kind === 4) return address;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high = "", low = ""] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === "") return short;
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join(".");
}

/** Some addresses and networks. */
export interface Networks {
  /** @param address as `canonicalAddress` writes it */
  has(address: string): boolean;
}

/** @param entries addresses and networks that `isNetwork` takes */
export function networksOf(entries: readonly string[]): Networks {
  const list = new BlockList();
  for (const entry of entries) {
    const network = parseNetwork(entry);
    if (network) list.addSubnet(network.address, network.bits, familyOf(network.address));
  }
  return { has: (address) => list.check(address, familyOf(address)) };
}

/** Whether a text is an address or a network like 10.0.0.0/8. One that holds every address (/0) is taken for a mistake. */
export const isNetwork = (text: string): boolean => parseNetwork(text) !== null;

function parseNetwork(text: string): { readonly address: string; readonly bits: number } | null {
  const [, written = "", prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = canonicalAddress(written);
  if (address === null) return null;
  const most = isIP(address) === 4 ? 32 : 128;
  const mapped = isIP(written) === 6 && most === 32 ? MAPPED_BITS : 0;
  const bits = prefix === undefined ? most : Number(prefix) - mapped;
  return bits >= 1 && bits <= most ? { address, bits } : null;
}

const familyOf = (address: string) => (isIP(address) === 4 ? "ipv4" : "ipv6");
