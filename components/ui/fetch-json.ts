import type { Problem } from "#server/contracts/api/common.ts";
import { fetchSignedIn } from "./session-gate.ts";

/** The server refused: its problem document says why, in words that can be shown. */
export class ProblemError extends Error {
  override name = "ProblemError";
  readonly problem: Problem;

  constructor(document: Problem) {
    super(document.detail);
    this.problem = document;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** It was there and has been deleted, as the KEEP_ variables say: trying again does not help. */
export const isPruned = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === "pruned";

/** The same request will be answered alike: too many requests apart, what is wrong is the request. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;

/** The server is busy or not ready: the same request will be answered in a moment. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 503 || error.status === 429);

/** What a write names besides its body. */
export interface JsonInit {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** The version that the writer saw. */
  readonly version?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads one of our own routes. `T` is what its contract promises: the server's tests hold its answers to the schemas, so
 * the browser need not carry them. A page of another build is loaded anew.
 * When the session has ended, it waits until the person has signed in again.
 * @throws {ProblemError} on any answer but success
 */
export async function fetchJson<T>(path: string, init: JsonInit = {}): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (init.body !== undefined) headers["content-type"] = "application/json";
  if (init.version !== undefined) headers["if-match"] = `"${init.version}"`;
  const response = await fetchSignedIn(path, {
    method: init.method ?? "GET",
    headers,
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    ...(init.signal ? { signal: init.signal } : {}),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as T;
}

/** A proxy's own error page is no problem document: then the status has to do. */
export async function problemOf(response: Response): Promise<Problem> {
  const document = (await response.json().catch(() => undefined)) as Problem | undefined;
  if (typeof document?.code === "string" && typeof document.detail === "string") return document;
  const title = response.statusText || "Error";
  return { type: "about:blank", title, status: response.status, detail: title, code: "http" };
}
