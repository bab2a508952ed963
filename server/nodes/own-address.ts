import { hostname, networkInterfaces } from "node:os";

const EVERYWHERE = new Set(["0.0.0.0", "::", ""]);

/** What a node calls itself, and where the others reach it. */
export interface OwnAddress {
  readonly name: string;
  readonly url: string;
}

/**
 * @param given NODE_URL; else the address that the server listens on, and of all of them the first that is no loopback
 */
export function ownAddress(given: string | undefined, host: string, port: number): OwnAddress {
  return { name: `${hostname()}:${port}`, url: given ?? `http://${bracketed(reachable(host))}:${port}` };
}

function reachable(host: string): string {
  if (!EVERYWHERE.has(host)) return host;
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);
