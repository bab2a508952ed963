import { AUTH_PATHS } from "../access/auth-request.ts";
import { MethodNotAllowed, NotFound } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { problemOf, sendProblem } from "../lib/problem.ts";
import { OPERATIONS } from "../openapi/operations.ts";
import type { Handler } from "./http.ts";

/** Paths that the document of the API does not tell of, with what their routes take. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(AUTH_PATHS.map((path) => [path, ["POST"]])),
  "/api/docs": ["GET"],
  "/api/openapi.json": ["GET"],
  "/api/setup": ["POST"],
};

interface Path {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/** By path, as the routes under app/api declare it: the methods that there are. A test holds it to the routes themselves. */
export function apiMethods(): ReadonlyMap<string, readonly string[]> {
  const methods = new Map(Object.entries(OTHERS));
  for (const { path, method } of OPERATIONS.filter((each) => each.path.startsWith("/api/"))) {
    methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
  }
  return methods;
}

/**
 * Answers what no route under /api would: an unknown path (404), a method that a path does not take (405 with Allow) and
 * OPTIONS. All else is left to the routes. Programs ask here, so the answer is a problem document and never a page.
 */
export function createApiGuard(log: Log): Handler {
  const paths = [...apiMethods()].map(pathOf).sort((a, b) => places(a) - places(b));
  return async ({ url = "", method = "" }, response) => {
    const asked = (url.split("?", 1)[0] ?? "").replace(/(.)\/$/, "$1");
    if (asked !== "/api" && !asked.startsWith("/api/")) return false;
    const allow = paths.find(({ pattern }) => pattern.test(asked))?.methods;
    if (allow && method === "OPTIONS") {
      response.writeHead(204, { allow: allow.join(", ") }).end();
      return true;
    }
    if (allow?.includes(method)) return false;
    const error = allow
      ? new MethodNotAllowed(allow)
      : new NotFound("There is no such address; /api/docs tells which there are.");
    sendProblem(response, problemOf(error, log));
    return true;
  };
}

function pathOf([path, methods]: readonly [string, readonly string[]]): Path {
  const pattern = path
    .replaceAll(".json", "\\.json")
    .replaceAll(".csv", "\\.csv")
    .replace(/\{\w+\}/g, "[^/]+");
  const reads = methods.includes("GET") ? ["HEAD"] : [];
  return { pattern: new RegExp(`^${pattern}$`), methods: [...methods, ...reads, "OPTIONS"].sort() };
}

/** Named paths go before those with places for names, as Next has it. */
const places = ({ pattern }: Path): number => pattern.source.split("[^").length;
