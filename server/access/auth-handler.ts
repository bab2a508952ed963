import type pg from "pg";
import { Forbidden, MethodNotAllowed, NotFound, TooBusy, Unavailable } from "../lib/errors.ts";
import { problemOf } from "../lib/problem.ts";
import { localeOf } from "../lib/problem-words.ts";
import { fromAddress } from "../lib/request-address.ts";
import { answerWithoutToken } from "./auth-answer.ts";
import type { Attempt, AuthContext, AuthHandlerOptions } from "./auth-context.ts";
import {
  authPathOf,
  type BodyPath,
  methodOf,
  providerOfCallback,
  readAuthBody,
  withBody,
} from "./auth-request.ts";
import { changePassword } from "./change-password.ts";
import { clientAddress, ownOrigin } from "./client-address.ts";
import { type FairTurns, passwordTurns, type Source } from "./fair-turns.ts";
import { accountOf, type Guess, Guessing, shareOf } from "./guessing.ts";
import { type Refusal, RefusalLog } from "./refusal-log.ts";
import { beginEnrolment, confirmEnrolment, hasEnrolled } from "./second-factor/enrol.ts";
import { giveSecondFactor } from "./second-factor/give.ts";
import { removeSecondFactor, renewRecoveryCodes } from "./second-factor/keep.ts";
import { signInWithCode } from "./second-factor/sign-in-with-code.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { beginSingleSignOn } from "./single-sign-on/begin.ts";
import { followCallback } from "./single-sign-on/follow-callback.ts";
import { Rounds } from "./single-sign-on/rounds.ts";

export interface AuthHandler {
  (request: Request): Promise<Response>;
  /** Writes the refusals that have only been counted. */
  close(): Promise<void>;
}

/** Signing in, out, changing the password, and the second factor: those of better-auth's routes that there are. All others are not found. */
export function createAuthHandler(options: AuthHandlerOptions): AuthHandler {
  const refusals = new RefusalLog(options.pool, options.log);
  const passwords = new Guessing(options.pool);
  const codes = new Guessing(options.pool, "codes");
  const rounds = new Rounds();
  const ctx: AuthContext = {
    ...options,
    ask: (request, body) => ask(options, options.auth, withBody(request, body)),
    askProvider: ({ auth }, request) => ask(options, auth, request),
    refuse: (refusal) => refusals.note(refusal),
    countRound: (share) => rounds.count(share),
    guess: (attempt, look) =>
      guess(options, { passwords, codes, refusals, turns: passwordTurns() }, attempt, look),
  };
  const handle = async (request: Request) => {
    try {
      const path = authPathOf(request);
      const provider = path === null ? null : providerOfCallback(path);
      if (path === null || isAbsent(options, path)) throw new NotFound("There is no such address.");
      const method = methodOf(path);
      if (request.method !== method) throw new MethodNotAllowed([method]);
      if (provider !== null) return await followCallback(ctx, request, provider);
      requireOwnPage(options, request);
      return await answer(ctx, request, path as BodyPath);
    } catch (error) {
      const { status, headers, body } = problemOf(error, options.log, localeOf(request.headers));
      return new Response(JSON.stringify(body), { status, headers });
    }
  };
  const handler = (request: Request) => fromAddress(clientAddress(request), () => handle(request));
  return Object.assign(handler, { close: () => refusals.flush() });
}

/** Whether a route is of a provider that is not configured. */
function isAbsent({ providers }: AuthHandlerOptions, path: string): boolean {
  const provider = providerOfCallback(path);
  if (provider !== null) return providers?.has(provider) !== true;
  return path === "/sign-in/social" && (providers?.size ?? 0) === 0;
}

/** Before anything is read or counted: a foreign page is no try at an account, and what it sends stands in no log. */
function requireOwnPage({ publicUrl }: AuthHandlerOptions, { headers }: Request): void {
  const own = publicUrl === undefined ? ownOrigin(headers) : new URL(publicUrl).origin;
  if (own === null || headers.get("origin") !== own)
    throw new Forbidden("Use Tidewatch's own pages for this.");
}

async function answer(ctx: AuthContext, request: Request, path: BodyPath): Promise<Response> {
  switch (path) {
    case "/sign-in/email": {
      const body = await readAuthBody(request, path);
      return signIn(ctx, request, body, { email: body.email });
    }
    case "/sign-in/username": {
      const body = await readAuthBody(request, path);
      return signIn(ctx, request, body, { username: body.username });
    }
    case "/sign-in/social":
      return beginSingleSignOn(ctx, request, await readAuthBody(request, path));
    case "/change-password":
      return changePassword(ctx, request, await readAuthBody(request, path));
    case "/sign-out":
      return signOut(ctx, request);
    case "/two-factor/enable":
      return beginEnrolment(ctx, request, await readAuthBody(request, path));
    case "/two-factor/verify-totp":
      return takeCode(ctx, request, await readAuthBody(request, path), "code");
    case "/two-factor/verify-backup-code":
      return takeCode(ctx, request, await readAuthBody(request, path), "recovery code");
    case "/two-factor/generate-backup-codes":
      return renewRecoveryCodes(ctx, request, await readAuthBody(request, path));
    case "/two-factor/disable":
      return removeSecondFactor(ctx, request, await readAuthBody(request, path));
  }
}

/** Whoever is signed in gives their session the factor that it lacks, or confirms the one that they enrol; all others sign in. */
async function takeCode(
  ctx: AuthContext,
  request: Request,
  body: { readonly code: string },
  says: "code" | "recovery code",
): Promise<Response> {
  const person = await ctx.authenticate(request.headers);
  if (person?.kind !== "person") return signInWithCode(ctx, request, body, says);
  if (person.secondFactor === "needed" && (await hasEnrolled(ctx, person))) {
    return giveSecondFactor(ctx, request, body, { person, says });
  }
  return confirmEnrolment(ctx, request, body, { person, says });
}

interface Counting {
  readonly passwords: Guessing;
  readonly codes: Guessing;
  readonly refusals: RefusalLog;
  readonly turns: FairTurns;
}

async function guess(
  { devices }: AuthHandlerOptions,
  { passwords, codes, refusals, turns }: Counting,
  { headers, personId, name, says, at }: Attempt,
  look: () => Promise<Response>,
): Promise<Response> {
  const address = clientAddress({ headers });
  const device = personId === null ? null : devices.deviceOf(headers, personId, Date.now());
  const guessing = says === "password" ? passwords : codes;
  const account = accountOf(device === null && says === "password" ? null : personId, name);
  const counted: Guess = { account, share: shareOf(address), device };
  const refused = (reason: Refusal["reason"]) =>
    refusals.note({ subject: personId === null ? "unknown" : `person ${personId}`, address, reason, at });
  try {
    // A known browser waits apart as well: neither others behind the same address nor a flood from everywhere holds it up.
    const source: Source =
      device === null ? { name: counted.share, lane: "strangers" } : { name: device, lane: "known" };
    return await turns.run(source, async () => {
      await guessing.begin(counted);
      const response = await look();
      if (response.ok) await guessing.succeeded(counted);
      else if (response.status < 500 && response.status !== 403) await refused(`wrong ${says}`);
      return response;
    });
  } catch (error) {
    if (error instanceof TooBusy) await refused("too many tries");
    throw error;
  }
}

async function ask(
  { pool }: AuthHandlerOptions,
  auth: AuthHandlerOptions["auth"],
  request: Request,
): Promise<Response> {
  const response = await auth.handler(request);
  if (response.status < 500 || (await answers(pool))) return answerWithoutToken(response);
  throw new Unavailable("The database is away; try again.");
}

const answers = (pool: Pick<pg.Pool, "query">): Promise<boolean> =>
  pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
