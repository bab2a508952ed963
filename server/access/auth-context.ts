import type pg from "pg";
import type { PrismaClient } from "#prisma/client/client.ts";
import type { Log } from "../lib/log.ts";
import type { Auth } from "./auth.ts";
import type { Actor } from "./can.ts";
import type { DeviceCookies } from "./device-cookie.ts";
import type { AccountName } from "./guessing.ts";
import type { Refusal, Said } from "./refusal-log.ts";
import type { SecondFactorRule } from "./second-factor/rule.ts";
import type { Providers, SingleSignOn } from "./single-sign-on/single-sign-on.ts";

export interface AuthHandlerOptions {
  readonly auth: Pick<Auth, "handler">;
  readonly authenticate: (headers: Headers) => Promise<Actor | null>;
  readonly db: PrismaClient;
  readonly pool: pg.Pool;
  readonly devices: DeviceCookies;
  /** The one that better-auth seals second factors with. */
  readonly secret: string;
  readonly rule: SecondFactorRule;
  /** Where browsers reach the system; unset: the host that each request names. */
  readonly publicUrl?: string | undefined;
  /** Unset: people sign in by passwords alone. */
  readonly providers?: Providers | undefined;
  readonly log: Log;
}

/** What the routes share. */
export interface AuthContext extends AuthHandlerOptions {
  /** What better-auth answers; when that is a failure and the database is away, people are told to come again. */
  readonly ask: (request: Request, body: object) => Promise<Response>;
  /** The same of the instance that knows a provider, for a request as it is. */
  readonly askProvider: (singleSignOn: SingleSignOn, request: Request) => Promise<Response>;
  /** Notes that somebody was not let in. */
  readonly refuse: (refusal: Refusal) => Promise<void>;
  /** Counts a round to a provider, by who comes back from it. @throws {TooBusy} */
  readonly countRound: (share: string) => Promise<void>;
  /**
   * Lets a password or a code be looked at: in its turn, counted before, and counted no more when it was right.
   * @throws {TooBusy}
   */
  readonly guess: (attempt: Attempt, look: () => Promise<Response>) => Promise<Response>;
}

/** A password or code that somebody says, and for whom. */
export interface Attempt {
  readonly headers: Headers;
  /** null: nobody goes by what was typed. */
  readonly personId: string | null;
  /** What was typed; for somebody who is signed in, their address. */
  readonly name: AccountName;
  /** Codes are counted by themselves, by person. */
  readonly says: Said;
  readonly at: Refusal["at"];
}
