import type { Log } from "#server/lib/log.ts";
import { ProviderFault } from "./provider-fault.ts";

/** How long a provider may take to answer one call, ms. */
const PATIENCE_MS = 5_000;
/** UTF-16 units of what a provider says of a fault that are written to the log. */
const LONGEST_WORDS = 200;

export interface ProviderCall {
  /** What it is, for the log: its address may hold a token. */
  readonly name: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; unset: GET. */
  readonly body?: object;
}

/** What a provider answered: any status, and an object. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Calls an interface of a provider's own.
 * @throws {ProviderFault} unreachable: it did not answer in time, failed, or did not answer in JSON
 */
export async function callProvider(log: Log, call: ProviderCall): Promise<ProviderAnswer> {
  const { name, url, headers, body } = call;
  try {
    const response = await fetch(url, {
      headers: {
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    if (response.status < 500 && isObject(answer)) return { status: response.status, body: answer };
    log.warn({ call: name, status: response.status }, "the sign-in provider failed");
  } catch (error) {
    // Its message names the fault of network or text; the address, which may hold a token, is in neither.
    log.warn({ call: name, fault: faultOf(error) }, "the sign-in provider does not answer as it should");
  }
  throw new ProviderFault("unreachable");
}

/** What a provider says of a fault, as the log may keep it: without the secrets that were sent. */
export function wordsOf(words: unknown, secrets: readonly string[]): string {
  const text = typeof words === "string" ? words : "";
  return secrets
    .filter((each) => each !== "")
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, "…"), text)
    .slice(0, LONGEST_WORDS);
}

const isObject = (answer: unknown): answer is Readonly<Record<string, unknown>> =>
  answer !== null && typeof answer === "object" && !Array.isArray(answer);

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return code === "" ? error.name : `${error.name} ${code}`;
}
