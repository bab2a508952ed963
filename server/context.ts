import type pg from "pg";
import type { PrismaClient } from "../prisma/client/client.ts";
import type { Actor } from "./access/can.ts";
import type { RefusedRight } from "./access/refused-rights.ts";
import type { Config } from "./config/config.ts";
import type { SettingsGroup } from "./config/settings-group.ts";
import type { AudienceNow, LastPage } from "./contracts/api/audience.ts";
import type { LateEffect } from "./contracts/api/days.ts";
import type { Move } from "./contracts/api/orders.ts";
import type { Engine } from "./contracts/batch.ts";
import type { BusinessTime } from "./contracts/business-time.ts";
import type { Committed } from "./contracts/committed.ts";
import type { Locale } from "./contracts/locale.ts";
import type { VerifiedDay } from "./contracts/verified-day.ts";
import type { WriterStatus } from "./contracts/writer-status.ts";
import type { FieldCipher } from "./lib/field-cipher.ts";
import type { Log } from "./lib/log.ts";
import type { Mailer } from "./lib/mailer.ts";

/**
 * The running system, as Next's routes and pages see it. Next bundles its own copies of modules, so the one instance
 * is handed over through globalThis: main.ts sets it before the first request.
 */
export interface Context {
  /** The environment's; what administrators set as well is asked of `settings`. */
  readonly config: Config;
  readonly settings: SettingsReader;
  readonly log: Log;
  /** Changes of single records, and accounts; docs/decisions/0024-prisma-beside-pg.md has the rule. */
  readonly db: PrismaClient;
  /** SQL: all else. */
  readonly pool: pg.Pool;
  readonly cipher: FieldCipher;
  readonly time: BusinessTime;
  readonly writer: { status(): WriterStatus };
  /** Takes what senders, and people who replay dead letters, want committed. */
  readonly engine: Engine;
  /** Hands a people's commit to the push hub, after the commit. */
  readonly publish: (committed: Committed) => void;
  /** Identity of the database's history; changes when a backup is restored. */
  readonly epoch: string;
  /** Id of this build: a browser with another one reloads. */
  readonly build: string;
  readonly now: () => number;
  readonly live: LiveStatus;
  /** Does what takes long on a large day in a thread of its own. */
  readonly dayWorker: DayWorker;
  /** Where users are now, and how that moved. */
  readonly audience: { current(): Promise<AudienceNow>; reset(): void };
  /** Rule P4 for one key, together with others that are asked for at the same moment. */
  readonly lastPages: { read(key: LastPageKey): Promise<LastPage> };
  /** Writes to single people; null: no mail server is configured. */
  readonly mailer: (Mailer & { readonly language: Locale }) | null;
  /** The simulator, while this process runs one. */
  readonly demo: { stop(): Promise<void> } | null;
  readonly authenticate: (headers: Headers) => Promise<Actor | null>;
  /** Notes that somebody known asked for what they may not do; does not wait. */
  readonly noteRefused: (refused: RefusedRight) => void;
  /** better-auth's own routes under /api/auth. */
  readonly authHandler: (request: Request) => Promise<Response>;
}

/** What holds now. */
export interface SettingsReader {
  /** The environment, then what administrators have set, then what the product comes with; read anew at each call. */
  inForce(): Promise<Config>;
  /** Parts whose variables are declared beside them, in other rooms. */
  readonly groups: readonly SettingsGroup[];
}

/** Does what takes long on a large day, beside the thread that serves people. */
export interface DayWorker {
  /** See server/orders/late-effect.ts. @throws {TooBusy} too many wait already */
  lateEffect(date: string): Promise<LateEffect>;
  /** See server/orders/verify-day.ts. @throws {TooBusy} too many wait already */
  verifyDay(date: string): Promise<VerifiedDay>;
}

/** What is asked for: one device of an account ("" is the empty device), or the newest of all its devices. */
export interface LastPageKey {
  readonly accountId: string;
  readonly deviceId: string | null;
}

/** What the push hub knows that the database does not. */
export interface LiveStatus {
  socketCount(): number;
  /** Events a second by stream over the last ten seconds. */
  rate(stream: string): number;
  /** Newest moves, newest first, for the first paint of "What moved". */
  recentMoves(date: string): { items: readonly Move[]; perSecond: number };
}

const KEY = Symbol.for("tidewatch.context");
type Holder = { [KEY]?: Context };

export function setContext(context: Context): void {
  (globalThis as Holder)[KEY] = context;
}

/** @throws before main.ts has started the system */
export function context(): Context {
  const current = (globalThis as Holder)[KEY];
  if (!current) throw new Error("The system has not started: run it with npm start.");
  return current;
}
