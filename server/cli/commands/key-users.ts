import { stringify } from "csv-stringify/sync";
import { issueKey, revokeKeys } from "../../access/api-keys.ts";
import { type ImportOptions, importKeyUsers } from "../../commands/import-key-users.ts";
import { type ImportReject, readKeyUserCsv } from "../../commands/read-key-user-rows.ts";
import { type ImportResult, importResult } from "../../contracts/api/key-users.ts";
import { AppError, InvalidInput } from "../../lib/errors.ts";
import { JsonNumber, parseJson } from "../../reader/json.ts";
import type { Database } from "../../store/database.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { readLines } from "../replay/read-lines.ts";
import { runningServer } from "../running-server.ts";

const COLUMNS = ["id", "raw_premium", "raw_info", "baseline_as_of"];
const KEY_LIFE_MS = 3_600_000;
const LISTED_REJECTS = 20;

/** Imports the key-user list from a file. */
export const keyUsers: Command = {
  usage: "key-users import FILE [--dry-run] [--skip-rejected]",
  summary:
    "Imports a list (CSV or NDJSON; .gz, .zst) in one transaction; --dry-run only tells what would change.",
  async run({ args, config, database, print }) {
    const { values, options } = parseOptions(args, { "dry-run": "flag", "skip-rejected": "flag" });
    const [verb, path, ...rest] = values;
    if (verb !== "import" || !path || rest.length > 0) throw new UsageError("Say key-users import FILE.");
    const how = { dryRun: options["dry-run"] ?? false, skipRejected: options["skip-rejected"] ?? false };
    const csv = await readList(path);
    const opened = await database();
    const server = await runningServer(config, opened);
    // A running server imports by itself, so that its screens hear of it.
    const result =
      server === null ? await importHere(opened, csv, how) : await importThere(server, opened, csv, how);
    const rejected = result.rejected.slice(0, LISTED_REJECTS).map((reject) => inFile(path, reject));
    print(JSON.stringify({ ...result, rejected }));
    refuse(result, how);
  },
};

/** Any readable file as CSV. */
async function readList(path: string): Promise<string> {
  const rows: (string | null)[][] = [];
  for await (const line of readLines(path)) rows.push(cellsOf(line, rows.length + 1));
  if (rows.length === 0) throw new InvalidInput(`The file ${path} holds no key users.`);
  return stringify([COLUMNS, ...rows]);
}

/** A line of the CSV as the line of the file: only a CSV has a header before it. */
function inFile(path: string, reject: ImportReject): ImportReject {
  return /\.csv(\.gz|\.zst)?$/.test(path) ? reject : { ...reject, line: reject.line - 1 };
}

function cellsOf(line: string, number: number): (string | null)[] {
  let record: Readonly<Record<string, unknown>>;
  try {
    record = parseJson(line) as Readonly<Record<string, unknown>>;
  } catch {
    throw new InvalidInput(`Record ${number} of the file is not JSON. Give CSV, or one object a line.`);
  }
  return COLUMNS.map((column) => {
    const value = record?.[column];
    if (value instanceof JsonNumber) return value.source;
    return value === null || value === undefined ? null : String(value);
  });
}

function importHere(database: Database, csv: string, how: ImportOptions): Promise<ImportResult> {
  const rt = { pool: database.pool, now: Date.now, publish: () => undefined };
  return importKeyUsers(rt, { id: cliActor() }, readKeyUserCsv(csv), how);
}

async function importThere(
  server: string,
  { db }: Database,
  csv: string,
  { dryRun, skipRejected }: ImportOptions,
): Promise<ImportResult> {
  const expiresAt = new Date(Date.now() + KEY_LIFE_MS);
  const name = "cli key-users import";
  const key = await issueKey(db, { name, scopes: ["key-users"], expiresAt }, cliActor());
  try {
    const response = await fetch(
      `${server}/api/v1/key-users/imports?dryRun=${dryRun}&skipRejected=${skipRejected}`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${key.secret}`, "content-type": "text/csv" },
        body: csv,
      },
    );
    const answer: unknown = await response.json();
    if (response.ok) return importResult.parse(answer);
    throw new AppError("import_refused", response.status, String((answer as { detail?: string }).detail));
  } finally {
    await db.$transaction((tx) => revokeKeys(tx, { id: key.id }, cliActor(), "the import has ended"));
  }
}

function refuse({ rejected }: ImportResult, { dryRun, skipRejected }: ImportOptions): void {
  if (dryRun || skipRejected || rejected.length === 0) return;
  throw new InvalidInput(
    `Nothing was imported: ${rejected.length} records were refused. Mend them, or leave them out with --skip-rejected.`,
  );
}
