import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { AppError } from "#server/lib/errors.ts";
import { openClient } from "../connections.ts";
import { migrateWithin } from "../migrate.ts";
import { type Migration, type MigrationId, readMigrations } from "../migrations.ts";
import { serverPlace } from "../unfit-database.ts";
import type { BackupKey } from "./backup-key.ts";
import { BadBackup } from "./bad-backup.ts";
import {
  anyHeader,
  type BackupHeader,
  backupHeader,
  FORMAT,
  type Frame,
  parseJson,
  readFrames,
  type TableStart,
  TableSum,
  tableEnd,
  tableStart,
} from "./format.ts";
import { unseal } from "./sealing.ts";
import { columnList, quoted, tablesInOrder } from "./tables.ts";

/** A writer of before the restore may be this many epochs ahead of the backup and still be fenced off. */
const EPOCH_LEAP = 1_000_000n;

export interface RestoreReport {
  readonly header: BackupHeader;
  /** Rows by table. */
  readonly rows: ReadonlyMap<string, number>;
  /** Migrations applied to the restored rows: the backup was of an older version. */
  readonly upgraded: readonly string[];
}

/**
 * Puts a backup into a database. The file is read to its end first: one that is not whole changes nothing. The schema
 * becomes the backup's, then the present one's. All of it is one transaction: a restore that is broken off leaves what was there.
 * @param open gives the file's bytes from its beginning, each time anew
 * @param options.keys those that may have encrypted it
 * @param options.force what the database holds is thrown away
 * @param options.migrations what leads to the schema; unset: all of prisma/migrations
 * @throws {BadBackup} the file is damaged, incomplete, or of a newer version
 * @throws {AppError} the database holds data and `force` is not given, or a system is working on it
 */
export async function restore(
  databaseUrl: string,
  open: () => Readable,
  options: {
    readonly force: boolean;
    readonly keys: readonly BackupKey[];
    readonly migrations?: readonly Migration[];
  },
): Promise<RestoreReport> {
  const { keys, migrations = await readMigrations() } = options;
  const { header } = await checkBackup(open(), keys, migrations);
  const client = await openClient({ connectionString: databaseUrl });
  try {
    await client.query("BEGIN");
    await refuseWhileWorking(client);
    if (!options.force) await refuseWhenFilled(client);
    const place = serverPlace(databaseUrl);
    await emptySchema(client);
    await migrateWithin(client, place, migrations.filter(isOf(header)));
    await emptyTables(client);
    const rows = await load(client, framesOf(open(), keys));
    await finish(client, header);
    const upgraded = await migrateWithin(client, place, migrations);
    await client.query("COMMIT");
    await client.query("ANALYZE");
    return { header, rows, upgraded };
  } finally {
    await client.end(); // ends an open transaction as well
  }
}

/** What goes wrong with the file comes out where it is read. */
function framesOf(source: Readable, keys: readonly BackupKey[]): AsyncGenerator<Frame> {
  const plain = createZstdDecompress();
  pipeline(source, (sealed) => unseal(sealed, keys), plain).catch(() => undefined);
  return readFrames(plain);
}

async function readHeader(frames: AsyncGenerator<Frame>): Promise<BackupHeader> {
  const first = await frames.next();
  if (first.done || first.value.type !== "H") throw new BadBackup("it is not a backup of Tidewatch");
  const { format } = parseJson(anyHeader, first.value.content);
  if (format !== FORMAT) throw new BadBackup(`its format ${format} is not known to this version`);
  return parseJson(backupHeader, first.value.content);
}

const isOf =
  (header: BackupHeader) =>
  ({ name }: MigrationId): boolean =>
    header.migrations.some((each) => each.name === name);

function requireKnown(header: BackupHeader, migrations: readonly Migration[]): void {
  for (const { name, checksum } of header.migrations) {
    const known = migrations.find((each) => each.name === name);
    if (!known) throw new BadBackup(`it was made by a newer version (${name}); restore it with that one`);
    if (known.checksum === checksum) continue;
    throw new BadBackup(
      `it was made by another build, whose ${name} made other tables; restore it with that one`,
    );
  }
}

async function tableExists(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS exists", [
    `public.${quoted(name)}`,
  ]);
  return rows[0]?.exists === true;
}

async function refuseWhileWorking(client: pg.Client): Promise<void> {
  if (!(await tableExists(client, "lease"))) return;
  const { rowCount } = await client.query("SELECT 1 FROM lease WHERE holder <> '' AND expires_at > now()");
  if (rowCount === 0 && !(await hasLivingNodes(client))) return;
  throw new AppError(
    "system_running",
    409,
    "Tidewatch is running on this database. Stop it first, then restore.",
  );
}

/** A node that never writes holds no lease. One that was killed is not there after some seconds. */
async function hasLivingNodes(client: pg.Client): Promise<boolean> {
  if (!(await tableExists(client, "node"))) return false;
  const { rowCount } = await client.query("SELECT 1 FROM node WHERE seen_at > now() - interval '5 seconds'");
  return rowCount !== 0;
}

/** A database is as good as empty when nothing was ever committed to it and nobody was ever made known to it. */
async function refuseWhenFilled(client: pg.Client): Promise<void> {
  if (!(await tableExists(client, "commit_position"))) return;
  const { rows } = await client.query(
    `SELECT (SELECT max(position) FROM commit_position) > 0 OR EXISTS (SELECT FROM "user") OR EXISTS (SELECT FROM api_key) AS filled`,
  );
  if (rows[0]?.filled !== true) return;
  throw new AppError("database_filled", 409, "This database holds data. Add --force to replace all of it.");
}

async function emptySchema(client: pg.Client): Promise<void> {
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}

/** They begin without rows, and refuse to be emptied. */
const INSERT_ONLY = ["audit_entry", "audit_detail"];

/** The rows that a new schema begins with are in the backup as well. */
async function emptyTables(client: pg.Client): Promise<void> {
  const tables = (await tablesInOrder(client)).filter(({ name }) => !INSERT_ONLY.includes(name));
  await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(", ")} CASCADE`);
}

/** Takes the rows of one table and resolves when they have arrived. */
type TakeTable = (start: TableStart, chunks: AsyncIterable<Buffer>) => Promise<void>;

/**
 * Reads a backup to its end.
 * @returns what it holds, rows by table
 * @throws {BadBackup} the file is not whole, or of another key
 */
export async function checkBackup(
  source: Readable,
  keys: readonly BackupKey[],
  migrations?: readonly Migration[],
): Promise<Omit<RestoreReport, "upgraded">> {
  const frames = framesOf(source, keys);
  const header = await readHeader(frames);
  requireKnown(header, migrations ?? (await readMigrations()));
  const rows = await eachTable(frames, async (_start, chunks) => {
    for await (const _chunk of chunks); // read for its checksum
  });
  // The end of the file is known to be its end once it has been read.
  for await (const _frame of frames) throw new BadBackup("it goes on after its end");
  return { header, rows };
}

async function load(client: pg.Client, frames: AsyncGenerator<Frame>): Promise<Map<string, number>> {
  await readHeader(frames);
  return eachTable(frames, async ({ table, columns }, chunks) => {
    const copy = client.query(copyFrom(`COPY ${quoted(table)} (${columnList(columns)}) FROM STDIN`));
    await pipeline(chunks, copy);
  });
}

/** Hands over table after table; rows by table. */
async function eachTable(frames: AsyncGenerator<Frame>, take: TakeTable): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const { type, content } = next.value;
    if (type === "Z") return rows;
    if (type !== "T") throw new BadBackup("its parts are out of order");
    const start = parseJson(tableStart, content);
    const sum = new TableSum();
    await take(start, chunksOf(frames, sum));
    rows.set(start.table, sum.end().rows);
  }
  throw new BadBackup("it ends too early");
}

/** The rows of one table, up to its end, whose checksum must be theirs. */
async function* chunksOf(frames: AsyncGenerator<Frame>, sum: TableSum): AsyncGenerator<Buffer> {
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const { type, content } = next.value;
    if (type === "D") {
      sum.add(content);
      yield content;
    } else if (type === "E" && parseJson(tableEnd, content).sha256 === sum.end().sha256) {
      return;
    } else {
      throw new BadBackup("the rows of a table are not those that were written");
    }
  }
  throw new BadBackup("it ends too early");
}

/** Numbers go on where they were; the history is another one from here on. */
async function finish(client: pg.Client, header: BackupHeader): Promise<void> {
  for (const [name, { lastValue, isCalled }] of Object.entries(header.sequences)) {
    await client.query("SELECT setval($1::regclass, $2, $3)", [
      `public.${quoted(name)}`,
      lastValue,
      isCalled,
    ]);
  }
  await client.query("UPDATE lease SET holder = '', expires_at = 'epoch', epoch = $1", [
    BigInt(header.leaseEpoch) + EPOCH_LEAP,
  ]);
  await client.query("DELETE FROM setting WHERE key = 'epoch'");
}
