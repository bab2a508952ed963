import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { openClient } from "../connections.ts";
import type { MigrationId } from "../migrations.ts";
import type { BackupKey } from "./backup-key.ts";
import {
  type BackupHeader,
  encodeFrame,
  encodeJson,
  FORMAT,
  type TableEnd,
  type TableStart,
  TableSum,
} from "./format.ts";
import { seal } from "./sealing.ts";
import { columnList, quoted, type Table, tablesInOrder } from "./tables.ts";

/** With a checksum over everything: a file that was changed anywhere is found out. */
const PACKING = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

export interface BackupReport {
  readonly header: BackupHeader;
  /** Rows by table. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * Writes everything that the database holds, as it stood at one instant, while the system goes on working.
 * @param destination receives the compressed and encrypted stream and is ended
 */
export async function backUp(
  databaseUrl: string,
  destination: NodeJS.WritableStream,
  { key, now }: { readonly key: BackupKey; readonly now: () => number },
): Promise<BackupReport> {
  const client = await openClient({ connectionString: databaseUrl });
  const frames = new PassThrough();
  const written = pipeline(frames, createZstdCompress(PACKING), (packed) => seal(packed, key), destination);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const [report] = await Promise.all([writeAll(client, frames, now).finally(() => frames.end()), written]);
    await client.query("COMMIT");
    return report;
  } catch (error) {
    frames.destroy(error as Error);
    await written.catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    await client.end();
  }
}

async function writeAll(client: pg.Client, frames: PassThrough, now: () => number): Promise<BackupReport> {
  const header = await readHeader(client, now);
  await write(frames, encodeJson("H", header));
  const rows = new Map<string, number>();
  for (const table of await tablesInOrder(client)) {
    rows.set(table.name, (await writeTable(client, frames, table)).rows);
  }
  await write(frames, encodeJson("Z", { tables: rows.size }));
  return { header, rows };
}

async function readHeader(client: pg.Client, now: () => number): Promise<BackupHeader> {
  const migrations = await client.query<MigrationId>(
    "SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1",
  );
  const lease = await client.query<{ epoch: string }>("SELECT epoch FROM lease WHERE name = 'writer'");
  return {
    format: FORMAT,
    madeAt: new Date(now()).toISOString(),
    migrations: migrations.rows,
    sequences: await readSequences(client),
    leaseEpoch: lease.rows[0]?.epoch ?? "0",
  };
}

/** Sequences do not take part in snapshots: read after the snapshot has begun, they are at least as far as its rows. */
async function readSequences(client: pg.Client): Promise<BackupHeader["sequences"]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
  );
  const sequences: BackupHeader["sequences"] = {};
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last_value: string; is_called: boolean }>(
      `SELECT last_value, is_called FROM ${quoted(name)}`,
    );
    if (values[0]) sequences[name] = { lastValue: values[0].last_value, isCalled: values[0].is_called };
  }
  return sequences;
}

async function writeTable(
  client: pg.Client,
  frames: PassThrough,
  { name, columns }: Table,
): Promise<TableEnd> {
  const start: TableStart = { table: name, columns: [...columns] };
  await write(frames, encodeJson("T", start));
  const sum = new TableSum();
  const rows: Readable = client.query(
    copyTo(`COPY (SELECT ${columnList(columns)} FROM ${quoted(name)}) TO STDOUT`),
  );
  for await (const chunk of rows) {
    sum.add(chunk as Buffer);
    await write(frames, encodeFrame("D", chunk as Buffer));
  }
  const end = sum.end();
  await write(frames, encodeJson("E", end));
  return end;
}

/** No more is read from the database than the file takes. */
async function write(frames: PassThrough, bytes: Buffer): Promise<void> {
  if (frames.errored) throw frames.errored;
  if (frames.write(bytes)) return;
  await new Promise<void>((resolve, reject) => {
    const goOn = (): void => {
      frames.off("close", giveUp);
      resolve();
    };
    const giveUp = (): void => {
      frames.off("drain", goOn);
      reject(frames.errored ?? new Error("the backup cannot be written any further"));
    };
    frames.once("drain", goOn);
    frames.once("close", giveUp);
  });
}
