import type { ServerResponse } from "node:http";
import type { Problem } from "../contracts/api/common.ts";
import type { Locale } from "../contracts/locale.ts";
import { isDatabaseAbsence } from "./database-absence.ts";
import { AppError, type MethodNotAllowed, TooBusy, Unavailable } from "./errors.ts";
import type { Log } from "./log.ts";
import { inLanguage } from "./problem-words.ts";

/** An error as HTTP shows it (RFC 9457). */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Too slow",
  409: "Not possible as things stand",
  410: "Not kept any more",
  413: "Too large",
  415: "Not a type that can be read",
  428: "Version missing",
  429: "Too many requests",
  500: "Something went wrong",
  503: "Not available now",
};

/** Where one status has several meanings, the code says which. */
const TITLES_OF_CODES: ReadonlyMap<string, string> = new Map([
  ["conflict", "Somebody was faster"],
  ["preview_outdated", "The preview is out of date"],
  ["not_a_demo", "Not a demo"],
]);

/**
 * Generic outside, complete in the log: what is not an AppError tells nothing to the caller.
 * @param locale of who reads it
 */
export function problemOf(thrown: unknown, log: Log, locale: Locale = "en"): ProblemAnswer {
  const error = isDatabaseAbsence(thrown) ? new Unavailable("The database is away; try again.") : thrown;
  const known = error instanceof AppError ? error : undefined;
  if (!known || known.status >= 500) {
    if (!(error instanceof Unavailable)) log.error({ err: error }, "a request failed");
  }
  const status = known?.status ?? 500;
  const retryAfter = error instanceof TooBusy || error instanceof Unavailable ? error.retryAfter : undefined;
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(known && "allow" in known ? { allow: (known as MethodNotAllowed).allow.join(", ") } : {}),
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
    body: {
      ...known?.fields,
      type: "about:blank",
      title: inLanguage(TITLES_OF_CODES.get(known?.code ?? "") ?? TITLES[status] ?? "Error", locale),
      status,
      detail: inLanguage(known?.message ?? "The request could not be executed; the log tells why.", locale),
      code: known?.code ?? "internal",
    },
  };
}

/** Writes a problem as Node answers; nothing when the connection has gone. */
export function sendProblem(
  response: ServerResponse,
  { status, headers, body }: ProblemAnswer,
  more: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  const length = { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, ...more, ...length }).end(text);
}
