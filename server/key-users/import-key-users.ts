import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import { type ImportResult, MAX_LISTED_REFUSALS } from "../contracts/api/key-users.ts";
import type { ListReading } from "../contracts/api/list-file.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { AppError } from "../lib/errors.ts";
import { executeImport, type ImportedFile } from "./execute-import.ts";
import { namedIds } from "./named-ids.ts";
import { type ImportReject, type RawKeyUserRow, validateKeyUserRows } from "./read-key-user-rows.ts";
import { lockRows, type Plan, planImport } from "./stage-import.ts";

export interface ImportOptions {
  /** Tell what would happen, and change nothing. */
  readonly dryRun: boolean;
  /** Import the good lines although others are refused; otherwise all or nothing. */
  readonly skipRejected: boolean;
  /** What blank cells do to somebody on the list; undefined: a text is erased, a time says nothing, an amount is missing. */
  readonly blank?: BlankChoice | undefined;
  /** What an earlier dry run told: nothing else is carried out. */
  readonly preview?: string | undefined;
  /** How a spreadsheet's file was read, for the answer. */
  readonly reading?: ListReading | null;
  /** What the import log keeps of the file. */
  readonly file?: ImportedFile | undefined;
  /** Who confirmed it, where FOUR_EYES asked for that. */
  readonly confirmation?: Confirmation | undefined;
}

export type ImportNeeds = Pick<Context, "pool" | "cipher" | "now" | "publish"> & {
  readonly config: Pick<Context["config"], "MAX_FUTURE_SKEW_MS">;
};

/** The file, the settings or the list are others than a preview told; `current`: what holds now. */
export class PreviewOutdated extends AppError {
  constructor(current: ImportResult) {
    const message =
      "The list has changed since the preview, or this is another file or other settings. Nothing was imported: look at the preview again.";
    super("preview_outdated", 409, message, { current });
  }
}

/**
 * Imports a list in one transaction: new users, changed baselines (at the time given, or of the import, rule K3), removed
 * users that come back. A new text alone leaves the baseline its place, as an edit does; what does not differ is not
 * touched. What somebody else has changed since the version that a line names stays as it is (rule W5), and is told.
 * @throws {PreviewOutdated}
 */
export async function importKeyUsers(
  ctx: ImportNeeds,
  actor: Pick<Actor, "id">,
  raw: readonly RawKeyUserRow[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { dryRun, skipRejected, blank, preview } = options;
  const { rows, rejected } = await validated(ctx, raw, blank);
  const client = await ctx.pool.connect();
  try {
    await client.query("BEGIN");
    if (!dryRun) await lockRows(client, rows);
    const plan = await planImport(client, rows, { blank, now: ctx.now(), cipher: ctx.cipher });
    const told = tell(plan, { lines: raw.length, rejected, reading: options.reading ?? null });
    const isRefused = told.refused > 0 && !skipRejected;
    if (!dryRun && preview !== undefined && preview !== told.preview) throw new PreviewOutdated(told);
    if (dryRun || isRefused || plan.added + plan.changed === 0) {
      await client.query("ROLLBACK");
      return told;
    }
    const given = {
      actor,
      file: options.file ?? null,
      confirmation: options.confirmation,
      rejected: told.refused,
      at: new Date(ctx.now()),
    };
    const changed = rows.map((row) => row.userId);
    const { importId, committed, addedIds } = await executeImport(client, plan, given, changed);
    await client.query("COMMIT");
    ctx.publish(committed);
    return { ...told, importId, addedIds: namedIds(addedIds) };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}

/** What lines are, measured by now. */
const validated = (ctx: ImportNeeds, raw: readonly RawKeyUserRow[], blank: BlankChoice | undefined) =>
  validateKeyUserRows(raw, { latest: ctx.now() + ctx.config.MAX_FUTURE_SKEW_MS, blank });

/** Looks at what an import would do, staged row by row, and changes nothing. */
export async function onStaged<T>(
  ctx: ImportNeeds,
  raw: readonly RawKeyUserRow[],
  blank: BlankChoice | undefined,
  look: (client: pg.PoolClient, told: ImportResult, refused: readonly ImportReject[]) => Promise<T>,
): Promise<T> {
  const { rows, rejected } = await validated(ctx, raw, blank);
  const client = await ctx.pool.connect();
  try {
    await client.query("BEGIN");
    const plan = await planImport(client, rows, { blank, now: ctx.now(), cipher: ctx.cipher });
    const told = tell(plan, { lines: raw.length, rejected, reading: null });
    return await look(client, told, refusedRowsOf(plan, rejected));
  } finally {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    client.release();
  }
}

interface Read {
  /** Rows of the file. */
  readonly lines: number;
  readonly rejected: readonly ImportReject[];
  readonly reading: ListReading | null;
}

/** What is planned, as the answer has it. */
function tell(plan: Plan, { lines, rejected, reading }: Read): ImportResult {
  const { missing: _missing, fingerprint, movesScopes: _moves, caseIds: _cases, ...counts } = plan;
  const refused = refusedRowsOf(plan, rejected);
  return {
    lines,
    ...counts,
    refused: refused.length,
    rejected: refused.slice(0, MAX_LISTED_REFUSALS),
    reading,
    preview: `${lines}-${refused.length}-${fingerprint}`,
    importId: null,
    addedIds: null,
  };
}

/** In the order of the file. */
function refusedRowsOf({ missing }: Plan, rejected: readonly ImportReject[]): ImportReject[] {
  const withoutAmount = missing.map((line) => ({
    line,
    code: "missing_field",
    field: "raw_premium",
    message: "required for somebody who is not on the list",
  }));
  return [...rejected, ...withoutAmount].sort((a, b) => a.line - b.line);
}
