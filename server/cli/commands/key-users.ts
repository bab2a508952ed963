import { issueKey } from "../../access/api-keys.ts";
import { type ImportOptions, importKeyUsers } from "../../commands/import-key-users.ts";
import { readKeyUsers } from "../../commands/read-key-user-rows.ts";
import { tooLargeList } from "../../commands/read-list-body.ts";
import type { Config } from "../../config/config.ts";
import { type ImportResult, importResult } from "../../contracts/api/key-users.ts";
import type { BodyFormat } from "../../contracts/batch.ts";
import { AppError, InvalidInput } from "../../lib/errors.ts";
import { LIMITS } from "../../reader/limits.ts";
import { typeOf } from "../../reader/media-type.ts";
import { collect } from "../../reader/unpack.ts";
import type { Database } from "../../store/database.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { openFile } from "../replay/open-file.ts";
import { runningServer } from "../running-server.ts";

const KEY_LIFE_MS = 3_600_000;
const LISTED_REJECTS = 20;

/** Imports the key-user list from a file. */
export const keyUsers: Command = {
  usage: "key-users import FILE [--dry-run] [--skip-rejected]",
  summary:
    "Imports a list (.csv, .json or an object a line; .gz, .zst) in one transaction; --dry-run only tells what would change.",
  async run({ args, config, database, print }) {
    const { values, options } = parseOptions(args, { "dry-run": "flag", "skip-rejected": "flag" });
    const [verb, path, ...rest] = values;
    if (verb !== "import" || !path || rest.length > 0) throw new UsageError("Say key-users import FILE.");
    const how = { dryRun: options["dry-run"] ?? false, skipRejected: options["skip-rejected"] ?? false };
    const list = await readList(path);
    const opened = await database();
    const server = await runningServer(config, opened);
    // A running server imports by itself, so that its screens hear of it.
    const result =
      server === null
        ? await importHere(config, opened, list, how)
        : await importThere(server, opened, list, how);
    print(JSON.stringify({ ...result, rejected: result.rejected.slice(0, LISTED_REJECTS) }));
    refuse(result, how);
  },
};

interface List {
  readonly bytes: Buffer;
  readonly format: BodyFormat;
}

async function readList(path: string): Promise<List> {
  const { format, bytes } = await openFile(path);
  return { format, bytes: await collect(bytes, LIMITS.listBytes, tooLargeList) };
}

async function importHere(
  config: Config,
  { pool }: Database,
  { bytes, format }: List,
  how: ImportOptions,
): Promise<ImportResult> {
  const rt = { pool, now: Date.now, publish: () => undefined, config };
  return importKeyUsers(rt, { id: "command line" }, await readKeyUsers(bytes, format), how);
}

async function importThere(
  server: string,
  { db }: Database,
  { bytes, format }: List,
  { dryRun, skipRejected }: ImportOptions,
): Promise<ImportResult> {
  const expiresAt = new Date(Date.now() + KEY_LIFE_MS);
  const key = await issueKey(db, { name: "cli key-users import", scopes: ["key-users"], expiresAt });
  try {
    const response = await fetch(
      `${server}/api/v1/key-users/imports?dryRun=${dryRun}&skipRejected=${skipRejected}`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${key.secret}`, "content-type": typeOf(format) },
        body: new Uint8Array(bytes),
      },
    );
    const answer: unknown = await response.json();
    if (response.ok) return importResult.parse(answer);
    throw new AppError("import_refused", response.status, String((answer as { detail?: string }).detail));
  } finally {
    await db.apiKey.deleteMany({ where: { id: key.id } });
  }
}

function refuse({ rejected }: ImportResult, { dryRun, skipRejected }: ImportOptions): void {
  if (dryRun || skipRejected || rejected.length === 0) return;
  throw new InvalidInput(
    `Nothing was imported: ${rejected.length} records were refused. Mend them, or leave them out with --skip-rejected.`,
  );
}
