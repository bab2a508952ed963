import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setEveryHeader } from "./every-header.ts";

export interface PageGuardOptions {
  /** Next's development mode evaluates code and reloads forever under a nonce: it goes without the policy. */
  readonly dev: boolean;
  /** Where browsers reach the system through a proxy; unset: they reach it directly. */
  readonly publicUrl: string | undefined;
}

const NONCE_BYTES = 16;
const YEAR_SECONDS = 31_536_000;

/** Only scripts that carry this page's nonce run, and what they load; nothing of another host. */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    // Component styles are set on elements; a style cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Sets the security headers of what Next answers. Next and the root layout read the nonce from the request's headers,
 * so whatever a client sent under those names is overwritten.
 */
export function guardPage(
  request: IncomingMessage,
  response: ServerResponse,
  { dev, publicUrl }: PageGuardOptions,
): void {
  for (const name of ["x-nonce", "content-security-policy"]) delete request.headers[name];
  if (!dev) setPolicy(request, response);
  setEveryHeader(response);
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  if (publicUrl?.startsWith("https:")) {
    response.setHeader("strict-transport-security", `max-age=${YEAR_SECONDS}`);
  }
}

function setPolicy(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = contentPolicy(nonce);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
}
