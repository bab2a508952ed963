import type pg from "pg";
import { Unavailable } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { problemOf } from "../lib/problem.ts";
import type { Auth } from "./auth.ts";

/**
 * better-auth's own routes. Some of its failures are thrown, others answered with 500 and without their cause; when the
 * cause is the database's absence, people are told to come again.
 */
export function createAuthHandler(
  auth: Auth,
  pool: Pick<pg.Pool, "query">,
  log: Log,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const response = await auth.handler(request);
      if (response.status < 500 || (await answers(pool))) return response;
      throw new Unavailable("The database is away; try again.");
    } catch (error) {
      const { status, headers, body } = problemOf(error, log);
      return new Response(JSON.stringify(body), { status, headers });
    }
  };
}

const answers = (pool: Pick<pg.Pool, "query">): Promise<boolean> =>
  pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
