import type { Log } from "#server/lib/log.ts";
import { isSameIssuer } from "./provider-person.ts";

/** How long the provider may take to answer, ms. */
const PATIENCE_MS = 5_000;
/** How long its answer is used, ms. */
const KEPT_MS = 3_600_000;

/** Of a provider's discovery document what is asked for here; null: it has none. */
export interface Endpoints {
  readonly userinfo: string | null;
  readonly endSession: string | null;
}

/** Where the document of an issuer stands. */
export const discoveryUrlOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** The provider's discovery document, kept for an hour. */
export class Discovery {
  readonly #issuer: string;
  readonly #log: Log;
  readonly #now: () => number;
  #kept: { readonly endpoints: Endpoints; readonly until: number } | null = null;

  constructor(issuer: string, log: Log, now: () => number) {
    this.#issuer = issuer;
    this.#log = log;
    this.#now = now;
  }

  /** null: the provider does not answer, or calls itself otherwise. */
  async read(): Promise<Endpoints | null> {
    if (this.#kept && this.#kept.until > this.#now()) return this.#kept.endpoints;
    const document = await fetchJson(discoveryUrlOf(this.#issuer), {}).catch((error: unknown) => {
      this.#log.warn({ err: error }, "the single sign-on provider cannot be reached");
      return null;
    });
    if (!document) return null;
    if (typeof document.issuer !== "string" || !isSameIssuer(document.issuer, this.#issuer)) {
      this.#log.error(
        { issuer: document.issuer },
        "the single sign-on provider calls itself otherwise than OIDC_ISSUER",
      );
      return null;
    }
    const endpoints = {
      userinfo: httpUrl(document.userinfo_endpoint),
      endSession: httpUrl(document.end_session_endpoint),
    };
    this.#kept = { endpoints, until: this.#now() + KEPT_MS };
    return endpoints;
  }
}

/** What a provider answers; null: no object, or a refusal. @throws {Error} it does not answer */
export async function fetchJson(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const response = await fetch(url, {
    headers: { accept: "application/json", ...headers },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) return null;
  const answer: unknown = await response.json().catch(() => null);
  return answer !== null && typeof answer === "object" ? (answer as Record<string, unknown>) : null;
}

const httpUrl = (claim: unknown): string | null => {
  const url = typeof claim === "string" ? URL.parse(claim) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
};
