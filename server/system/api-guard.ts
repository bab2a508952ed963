import type { Router } from "../http/router.ts";
import { MethodNotAllowed, NotFound } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { problemOf, sendProblem } from "../lib/problem.ts";
import type { Handler } from "./http.ts";

/**
 * Answers what no route under /api would: an unknown path (404), a method that a path does not take (405 with Allow) and
 * OPTIONS. All else is left to the routes. Programs ask here, so the answer is a problem document and never a page.
 */
export function createApiGuard(router: Router, log: Log): Handler {
  return async ({ url = "", method = "" }, response) => {
    const asked = (url.split("?", 1)[0] ?? "").replace(/(.)\/$/, "$1");
    if (asked !== "/api" && !asked.startsWith("/api/")) return false;
    const allow = router.methodsOf(asked);
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
