import type { Config } from "../config/config.ts";
import type { Log } from "../lib/log.ts";
import { canonicalAddress, networksOf } from "../lib/networks.ts";

const LOOPBACK = networksOf(["127.0.0.0/8", "::1"]);

/** Whether only this machine reaches a host. */
function isLocal(host: string): boolean {
  const address = canonicalAddress(host.replace(/^\[|\]$/g, ""));
  return address === null ? host === "localhost" : LOOPBACK.has(address);
}

/** Passwords would cross the network in clear text: the log of the start says so. Those of a demo's people are no secret. */
export function tellMissingTls(
  { PUBLIC_URL, HOST, DEMO }: Pick<Config, "PUBLIC_URL" | "HOST" | "DEMO">,
  log: Pick<Log, "warn" | "info">,
): void {
  const url = PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL);
  if (url?.protocol === "https:" || isLocal(url?.hostname ?? HOST)) return;
  log[DEMO ? "info" : "warn"](
    "TLS is missing: passwords and sessions cross the network in clear text. Put a proxy with TLS in front, set PUBLIC_URL " +
      "to its https address, TRUSTED_PROXIES to its own, and HOST to 127.0.0.1 where it runs on this machine " +
      "(docs/operations.md, Behind a proxy).",
  );
}
