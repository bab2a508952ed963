import type { ZodType } from "zod";
import { type Problem, problem } from "../../server/contracts/api/common.ts";

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

/** What a write names besides its body. */
export interface JsonInit {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** The version that the writer saw. */
  readonly version?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads one of our own routes and checks the answer against its schema.
 * @throws {ProblemError} on any answer but success
 */
export async function fetchJson<T>(path: string, schema: ZodType<T>, init: JsonInit = {}): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (init.body !== undefined) headers["content-type"] = "application/json";
  if (init.version !== undefined) headers["if-match"] = `"${init.version}"`;
  const response = await fetch(path, {
    method: init.method ?? "GET",
    headers,
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    ...(init.signal ? { signal: init.signal } : {}),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return schema.parse(await response.json());
}

/** A proxy's own error page is no problem document: then the status has to do. */
export async function problemOf(response: Response): Promise<Problem> {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const title = response.statusText || "Error";
  return { type: "about:blank", title, status: response.status, detail: title, code: "http" };
}
