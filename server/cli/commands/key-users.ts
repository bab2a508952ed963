import { issueKey, revokeKeys } from "#server/access/api-keys.ts";
import type { Config } from "#server/config/config.ts";
import { type ImportResult, importResult } from "#server/contracts/api/key-users.ts";
import { type ListChoices, listChoices } from "#server/contracts/api/list-file.ts";
import type { BodyFormat } from "#server/contracts/batch.ts";
import { BLANK_CHOICES, ENCODINGS, SEPARATORS } from "#server/contracts/list-form.ts";
import type { Database } from "#server/db/database.ts";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { readList } from "#server/key-users/read-list.ts";
import { tooLargeList } from "#server/key-users/read-list-body.ts";
import { AppError, InvalidInput } from "#server/lib/errors.ts";
import { LIMITS } from "#server/reader/limits.ts";
import { typeOf } from "#server/reader/media-type.ts";
import { collect } from "#server/reader/unpack.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { openFile } from "../replay/open-file.ts";
import { runningServer } from "../running-server.ts";

const KEY_LIFE_MS = 3_600_000;
/** Refused lines and conflicts that are printed. */
const LISTED = 20;

interface How extends Pick<ListChoices, "dialect" | "encoding" | "separator" | "blank"> {
  readonly dryRun: boolean;
  readonly skipRejected: boolean;
}

/** Imports the key-user list from a file. */
export const keyUsers: Command = {
  usage:
    "key-users import FILE [--dry-run] [--skip-rejected] [--blank keep|erase] [--encoding NAME] [--separator NAME]",
  summary:
    "Imports a list (.csv, .tsv, .txt, .json or an object a line; .gz, .zst) in one transaction; --dry-run only tells what would change.",
  async run({ args, config, database, print }) {
    const { values, options } = parseOptions(args, {
      "dry-run": "flag",
      "skip-rejected": "flag",
      blank: "text",
      encoding: "text",
      separator: "text",
    });
    const [verb, path, ...rest] = values;
    if (verb !== "import" || !path || rest.length > 0) throw new UsageError("Say key-users import FILE.");
    const file = await loadFile(path);
    const how: How = {
      ...choicesOf(options, file.format),
      dryRun: options["dry-run"] ?? false,
      skipRejected: options["skip-rejected"] ?? false,
    };
    const opened = await database();
    const server = await runningServer(config, opened);
    // A running server imports by itself, so that its screens hear of it.
    const result =
      server === null
        ? await importHere(config, opened, file, how)
        : await importThere(server, opened, file, how);
    const { rejected, conflicts } = result;
    print(
      JSON.stringify({
        ...result,
        rejected: rejected.slice(0, LISTED),
        conflicts: conflicts.slice(0, LISTED),
      }),
    );
    refuse(result, how);
  },
};

/** @throws {UsageError} */
function choicesOf(options: Readonly<Record<string, unknown>>, format: BodyFormat) {
  const { encoding, separator, blank } = options;
  const dialect = format === "csv" ? "spreadsheet" : "strict";
  const parsed = listChoices.safeParse({ dialect, encoding, separator, blank });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]) as keyof typeof WORDS;
  throw new UsageError(`--${name} is ${WORDS[name].join(", ").replace(/, (?=[^,]+$)/, " or ")}.`);
}

/** What an option may say. */
const WORDS = {
  encoding: ["auto", ...ENCODINGS],
  separator: ["auto", ...SEPARATORS],
  blank: BLANK_CHOICES,
} as const;

interface List {
  readonly bytes: Buffer;
  readonly format: BodyFormat;
}

/** What spreadsheets call "Unicode text" ends with .txt. */
const isTable = (path: string): boolean => /\.(?:tsv|txt)(?:\.gz|\.zst)?$/i.test(path);

async function loadFile(path: string): Promise<List> {
  const { format, bytes } = await openFile(path);
  return {
    format: isTable(path) ? "csv" : format,
    bytes: await collect(bytes, LIMITS.listBytes, tooLargeList),
  };
}

async function importHere(config: Config, { pool }: Database, file: List, how: How): Promise<ImportResult> {
  const ctx = { pool, now: Date.now, publish: () => undefined, config };
  const { rows, reading, blank } = await readList(file, how, config.BUSINESS_TIME_ZONE);
  const { dryRun, skipRejected } = how;
  return importKeyUsers(ctx, { id: cliActor() }, rows, { dryRun, skipRejected, reading, blank });
}

async function importThere(
  server: string,
  { db }: Database,
  { bytes, format }: List,
  { blank, ...how }: How,
): Promise<ImportResult> {
  const expiresAt = new Date(Date.now() + KEY_LIFE_MS);
  const name = "cli key-users import";
  const key = await issueKey(db, { name, scopes: ["key-users"], expiresAt }, cliActor());
  const asked = Object.entries({ ...how, ...(blank ? { blank } : {}) }).map(
    ([name, value]) => [name, String(value)] as [string, string],
  );
  try {
    const response = await fetch(`${server}/api/v1/key-users/imports?${new URLSearchParams(asked)}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.secret}`, "content-type": typeOf(format) },
      body: new Uint8Array(bytes),
    });
    const answer: unknown = await response.json();
    if (response.ok) return importResult.parse(answer);
    throw new AppError("import_refused", response.status, String((answer as { detail?: string }).detail));
  } finally {
    await db.$transaction((tx) => revokeKeys(tx, { id: key.id }, cliActor(), "the import has ended"));
  }
}

function refuse({ rejected }: ImportResult, { dryRun, skipRejected }: How): void {
  if (dryRun || skipRejected || rejected.length === 0) return;
  throw new InvalidInput(
    `Nothing was imported: ${rejected.length} records were refused. Correct them, or leave them out with --skip-rejected.`,
  );
}
