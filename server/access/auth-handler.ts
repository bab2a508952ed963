import type pg from "pg";
import { AppError, TooBusy, Unavailable } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { problemOf } from "../lib/problem.ts";
import type { Auth } from "./auth.ts";
import { SignInBackOff } from "./sign-in-back-off.ts";

const SIGN_IN = /\/sign-in\/(email|username)$/;

/**
 * better-auth's own routes. Some of its failures are thrown, others answered with 500 and without their cause; when the
 * cause is the database's absence, people are told to come again. Tries at one account are slowed down here; those from
 * one address, there.
 */
export function createAuthHandler(
  auth: Pick<Auth, "handler">,
  pool: Pick<pg.Pool, "query">,
  log: Log,
  now: () => number = Date.now,
): (request: Request) => Promise<Response> {
  const backOff = new SignInBackOff(now);
  return async (request) => {
    try {
      const name = await nameTried(request);
      const wait = name === null ? 0 : backOff.begin(name);
      if (wait > 0)
        throw new TooBusy("Too many tries at this account; wait a little.", Math.ceil(wait / 1_000));
      const response = await auth.handler(request);
      if (name !== null && response.ok) backOff.succeeded(name);
      if (response.status < 500 || (await answers(pool))) return response;
      throw new Unavailable("The database is away; try again.");
    } catch (error) {
      const { status, headers, body } = problemOf(error, log);
      return new Response(JSON.stringify(body), { status, headers });
    }
  };
}

/**
 * Whose account a sign-in is for, as it was typed; null: it is no sign-in, or says no name.
 * @throws {AppError} it is no JSON: better-auth would read a form as well, and no try may go uncounted
 */
async function nameTried(request: Request): Promise<string | null> {
  if (request.method !== "POST" || !SIGN_IN.test(new URL(request.url).pathname)) return null;
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_type", 415, "Sign in with a body of the type application/json.");
  }
  const body = (await request
    .clone()
    .json()
    .catch(() => null)) as { email?: unknown; username?: unknown } | null;
  const name = body?.email ?? body?.username;
  return typeof name === "string" ? name : null;
}

const answers = (pool: Pick<pg.Pool, "query">): Promise<boolean> =>
  pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
