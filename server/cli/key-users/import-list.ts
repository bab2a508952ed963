import { basename } from "node:path";
import { z } from "zod";
import type { Config } from "#server/config/config.ts";
import { type ImportResult, importResult } from "#server/contracts/api/key-users.ts";
import { type ListChoices, listChoices } from "#server/contracts/api/list-file.ts";
import { type Proposed, proposed } from "#server/contracts/api/proposals.ts";
import type { BodyFormat } from "#server/contracts/batch.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { BLANK_CHOICES, ENCODINGS, SEPARATORS } from "#server/contracts/list-form.ts";
import type { Database } from "#server/db/database.ts";
import { isGuarded } from "#server/four-eyes/propose.ts";
import { importSent, proposeImport } from "#server/key-users/propose-import.ts";
import { tooLargeList } from "#server/key-users/read-list-body.ts";
import { InvalidInput } from "#server/lib/errors.ts";
import { LIMITS } from "#server/reader/limits.ts";
import { typeOf } from "#server/reader/media-type.ts";
import { collect } from "#server/reader/unpack.ts";
import { cliActor } from "../actor.ts";
import { type CommandContext, UsageError } from "../command.ts";
import { openFile } from "../replay/open-file.ts";
import { runningServer } from "../running-server.ts";
import { settingsOf } from "../settings-of.ts";
import { waits } from "../waits.ts";
import { askServer } from "./ask-server.ts";
import { listCipher } from "./cipher.ts";

/** Refused lines and conflicts that are printed. */
const LISTED = 20;

interface How extends Pick<ListChoices, "dialect" | "encoding" | "separator" | "blank"> {
  readonly dryRun: boolean;
  readonly skipRejected: boolean;
}

/** Options of `key-users import`, as they were given. */
export interface ImportOptions {
  readonly "dry-run"?: boolean | undefined;
  readonly "skip-rejected"?: boolean | undefined;
  readonly blank?: string | undefined;
  readonly encoding?: string | undefined;
  readonly separator?: string | undefined;
}

/** `key-users import FILE`: a running server imports by itself, so that its screens hear of it. */
export async function importList(
  { config, database, print }: CommandContext,
  path: string,
  options: ImportOptions,
): Promise<void> {
  const file = await loadFile(path);
  const how: How = {
    ...choicesOf(options, file.format),
    dryRun: options["dry-run"] ?? false,
    skipRejected: options["skip-rejected"] ?? false,
  };
  const opened = await database();
  const server = await runningServer(config, opened);
  const result =
    server === null
      ? await importHere(config, opened, file, how)
      : await importThere(server, opened, file, how);
  if ("proposal" in result) return print(waits(result.proposal));
  const { rejected, conflicts } = result;
  print(
    JSON.stringify({ ...result, rejected: rejected.slice(0, LISTED), conflicts: conflicts.slice(0, LISTED) }),
  );
  refuse(result, how);
}

/** @throws {UsageError} */
function choicesOf(options: ImportOptions, format: BodyFormat) {
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
  /** As the import log names it. */
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly format: BodyFormat;
}

/** What spreadsheets call "Unicode text" ends with .txt. */
const isTable = (path: string): boolean => /\.(?:tsv|txt)(?:\.gz|\.zst)?$/i.test(path);

async function loadFile(path: string): Promise<List> {
  const { format, bytes } = await openFile(path);
  return {
    fileName: basename(path),
    format: isTable(path) ? "csv" : format,
    bytes: await collect(bytes, LIMITS.listBytes, tooLargeList),
  };
}

async function importHere(
  config: Config,
  opened: Database,
  file: List,
  { dryRun, skipRejected, ...choices }: How,
): Promise<ImportResult | Proposed> {
  const settings = await settingsOf(config, opened);
  const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
  const cipher = await listCipher(config, opened.pool, true);
  const ctx = { ...opened, now: Date.now, publish: () => undefined, config, settings, time, cipher };
  const actor = { id: cliActor(), isClear: config.PERSONAL_EXPORT === "administrators" };
  const sent = { ...file, choices, skipRejected };
  if (dryRun || !(await isGuarded(ctx, "list"))) return importSent(ctx, actor, sent, { dryRun });
  return proposeImport(ctx, actor, sent);
}

async function importThere(
  server: string,
  database: Database,
  { bytes, format, fileName }: List,
  { blank, ...how }: How,
): Promise<ImportResult | Proposed> {
  const asked = Object.entries({ ...how, fileName, ...(blank ? { blank } : {}) }).map(
    ([name, value]) => [name, String(value)] as [string, string],
  );
  const answer = await askServer(server, database, {
    path: `/api/v1/key-users/imports?${new URLSearchParams(asked)}`,
    type: typeOf(format),
    body: new Uint8Array(bytes),
    name: "cli key-users import",
  });
  return z.union([proposed, importResult]).parse(answer);
}

function refuse({ refused }: ImportResult, { dryRun, skipRejected }: How): void {
  if (dryRun || skipRejected || refused === 0) return;
  throw new InvalidInput(
    `Nothing was imported: ${refused} records were refused. Correct them, or leave them out with --skip-rejected.`,
  );
}
