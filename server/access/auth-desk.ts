import type pg from "pg";
import type { PrismaClient } from "#prisma/client/client.ts";
import type { Log } from "../lib/log.ts";
import type { Auth } from "./auth.ts";
import type { Actor } from "./can.ts";
import type { DeviceCookies } from "./device-cookie.ts";

export interface AuthHandlerOptions {
  readonly auth: Pick<Auth, "handler">;
  readonly authenticate: (headers: Headers) => Promise<Actor | null>;
  readonly db: PrismaClient;
  readonly pool: pg.Pool;
  readonly devices: DeviceCookies;
  readonly log: Log;
}

/** What the routes share. */
export interface AuthDesk extends AuthHandlerOptions {
  /** What better-auth answers; when that is a failure and the database is away, people are told to come again. */
  readonly ask: (request: Request, body: object) => Promise<Response>;
  /**
   * Lets a password be looked at: in its turn, counted before, and counted no more when it was right.
   * @throws {TooBusy}
   */
  readonly guess: (try_: PasswordTry, look: () => Promise<Response>) => Promise<Response>;
}

/** A password that somebody says, and for whom. */
export interface PasswordTry {
  readonly headers: Headers;
  /** null: nobody goes by what was typed. */
  readonly personId: string | null;
  /** Counts for all names of an account together. */
  readonly account: string;
  readonly at: "sign-in" | "change-password";
}
