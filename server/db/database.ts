import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "#prisma/client/client.ts";
import { AppError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import type { Waiting } from "../lib/start-lock.ts";
import { unlessAborted } from "../lib/unless-aborted.ts";
import { Connections, type Patience } from "./connections.ts";
import { handOverAudit } from "./embedded/audit-owner.ts";
import { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { type DatabasePlace, embeddedPlace, serverPlace } from "./unfit-database.ts";

const OLDEST_POSTGRES = 150_000;

/** An open database: embedded, or the server that DATABASE_URL names. */
export interface Database {
  readonly url: string;
  readonly place: DatabasePlace;
  /** The same by the role that only reads; null on a server of somebody else's. */
  readonly readerUrl: string | null;
  /** Process id of the embedded server; null: a server of somebody else's. */
  readonly embeddedPid: number | null;
  readonly pool: pg.Pool;
  readonly db: PrismaClient;
  /**
   * Leaves to the application's role nothing but reading the audit log and adding to it; after the migrations. On a server of
   * somebody else's that is for its keeper to do (docs/decisions/0032-insert-only-audit.md), and triggers alone refuse changes.
   */
  closeAudit(): Promise<void>;
  close(): Promise<void>;
}

interface Options extends Waiting {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly onIdleError: (error: Error) => void;
  readonly patience?: Patience;
  /** Hears when an embedded server has ended and is back. */
  readonly log?: Log;
}

/**
 * @throws {AppError} when the server is not reachable or too old, or DATA_DIR cannot be used, saying which and what to do
 * @throws the signal's reason when it comes; then nothing is left open
 */
export async function openDatabase(options: Options): Promise<Database> {
  const embedded =
    options.databaseUrl === undefined ? await startEmbeddedPostgres(options.dataDir, options) : undefined;
  const url = embedded?.url ?? options.databaseUrl ?? "";
  let closing = false;
  const lost = (error: Error) => {
    if (!closing) options.onIdleError(error);
  };
  const connections = new Connections({ connectionString: url }, lost, options.patience);
  const pool = connections.pool({ max: 20 });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  try {
    await unlessAborted(checkVersion(pool), options.signal);
  } catch (error) {
    await connections.end();
    await embedded?.stop();
    throw error;
  }
  return {
    url,
    place: embedded ? embeddedPlace(options.dataDir, embedded.folder) : serverPlace(url),
    readerUrl: embedded?.readerUrl ?? null,
    embeddedPid: embedded?.pid ?? null,
    pool,
    db,
    closeAudit: async () => {
      if (embedded) await handOverAudit(embedded.adminOfAppUrl);
    },
    close: async () => {
      closing = true;
      await db.$disconnect();
      await connections.end();
      await embedded?.stop();
    },
  };
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ server_version_num: string; server_version: string }>(
      "SELECT current_setting('server_version_num') AS server_version_num, current_setting('server_version') AS server_version",
    )
    .catch((error: Error) => {
      throw new AppError(
        "database_unreachable",
        500,
        `The database does not answer (${error.message}). Check DATABASE_URL, or unset it to use the embedded PostgreSQL.`,
      );
    });
  if (Number(rows[0]?.server_version_num) < OLDEST_POSTGRES) {
    throw new AppError(
      "database_too_old",
      500,
      `PostgreSQL ${rows[0]?.server_version} is too old: Tidewatch needs 15 or newer.`,
    );
  }
}
