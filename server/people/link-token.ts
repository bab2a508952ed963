import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../lib/errors.ts";

const TOKEN_BYTES = 24;
const HOUR_MS = 3_600_000;

/** How long a one-time link works, ms. An invited person may be on holiday; a forgotten password is wanted now. */
export const LINK_LIVES_MS = { invitation: 72 * HOUR_MS, reset: 24 * HOUR_MS } as const;
export type LinkKind = keyof typeof LINK_LIVES_MS;

/** Paths of the pages on which links are used. */
const PATHS: Readonly<Record<LinkKind, string>> = { invitation: "/invitation", reset: "/reset" };

/** What makes a link good, and what is kept of it. */
export interface LinkToken {
  readonly token: string;
  readonly hash: string;
}

export function newLinkToken(): LinkToken {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, hash: hashOfToken(token) };
}

/** SHA-256, hexadecimal: a token has 192 random bits, so that nobody can try them out. */
export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** @param origin where browsers reach the system, e.g. `https://tidewatch.example.com` */
export const linkTo = (kind: LinkKind, origin: string, token: string): string =>
  `${origin}${PATHS[kind]}?token=${token}`;

/** One answer to whatever is wrong with a link: which of it, the page tells those who hold it. */
export class LinkSpent extends AppError {
  constructor() {
    super(
      "link_spent",
      403,
      "This link was used, has been replaced or has expired. Ask whoever sent it for another one.",
    );
  }
}
