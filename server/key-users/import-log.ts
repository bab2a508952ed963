import type { z } from "zod";
import { type DataScope, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import { id } from "../contracts/api/common.ts";
import type {
  ImportEntry,
  ImportedRow,
  ImportedRowsPage,
  ImportHow,
  ImportsPage,
  importedRowsQuery,
} from "../contracts/api/key-user-imports.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { Gone, NotFound } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { maskedMove, type SealedMove } from "../lib/sealed-contact.ts";

interface EntryRow
  extends Omit<ImportEntry, "at" | "how" | "fileName" | "affectedCases" | "undone" | "canUndo"> {
  readonly at: Date;
  readonly file_name: string | null;
  readonly reading: ImportHow | null;
  readonly affected_cases: number;
  readonly has_rows: boolean;
  readonly undo_id: string | null;
  readonly undo_at: Date | null;
  readonly undo_actor: string | null;
  readonly undo_reason: string | null;
}

/** The import log, newest first. */
export async function importLog(
  ctx: Pick<Context, "pool">,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ImportsPage> {
  const after = decodeCursor(cursor, ["integer"]);
  const { rows } = await ctx.pool.query<EntryRow>(
    `SELECT i.id, i.at, coalesce(p.name, a.name, i.actor) AS actor, i.file_name, i.reading, i.added, i.changed, i.unchanged,
       i.rejected, i.removed, i.conflicts, i.affected_cases, i.undoes, i.reason, i.has_rows,
       u.id AS undo_id, u.at AS undo_at, coalesce(up.name, ua.name, u.actor) AS undo_actor, u.reason AS undo_reason
     FROM key_user_import i LEFT JOIN "user" p ON p.id = i.actor LEFT JOIN api_key a ON a.id = i.actor
       LEFT JOIN key_user_import u ON u.undoes = i.id
       LEFT JOIN "user" up ON up.id = u.actor LEFT JOIN api_key ua ON ua.id = u.actor
     WHERE $1::bigint IS NULL OR i.id < $1 ORDER BY i.id DESC LIMIT $2`,
    [after?.[0] ?? null, limit + 1],
  );
  const page = cutPage(rows, limit, (row) => [row.id]);
  return { items: page.items.map(entryOf), nextCursor: page.nextCursor };
}

function entryOf(row: EntryRow): ImportEntry {
  const undone =
    row.undo_id === null || row.undo_at === null
      ? null
      : {
          id: row.undo_id,
          at: row.undo_at.toISOString(),
          actor: row.undo_actor ?? "",
          reason: row.undo_reason,
        };
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    fileName: row.file_name,
    how: row.reading,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    rejected: row.rejected,
    removed: row.removed,
    conflicts: row.conflicts,
    affectedCases: row.affected_cases,
    undoes: row.undoes,
    reason: row.reason,
    undone,
    canUndo: row.undoes === null && undone === null && row.has_rows,
  };
}

interface DoneRow extends SealedMove {
  readonly user_id: string;
  readonly line: number;
  readonly action: ImportedRow["action"];
  readonly version: number;
  readonly premium_before: string | null;
  readonly premium_after: string | null;
  readonly info_before: string | null;
  readonly info_after: string | null;
  readonly segment_before: string | null;
  readonly segment_after: string | null;
  readonly left_to: string | null;
  readonly left_at: Date | null;
}

/**
 * What one entry of the log did, customer by customer, in order of their ids.
 * @param scope whose customers the reader sees
 * @throws {NotFound | Gone}
 */
export async function importedRows(
  ctx: Pick<Context, "pool" | "cipher">,
  importId: string,
  { limit, cursor, action }: z.infer<typeof importedRowsQuery>,
  scope: DataScope,
): Promise<ImportedRowsPage> {
  await requireRows(ctx, importId);
  const after = decodeCursor(cursor, ["integer"]);
  const values: unknown[] = [importId, action ?? null, after?.[0] ?? null, limit + 1];
  const own = ["true", ...scopeCondition(scope, "r.user_id", (value) => `$${values.push(value)}`)];
  const { rows } = await ctx.pool.query<DoneRow>(
    `SELECT r.user_id, r.line, r.action, r.version, r.premium_before, r.premium_after, r.info_before, r.info_after, r.segment_before, r.segment_after,
       r.customer_name_before AS name_before, r.customer_name_after AS name_after, r.customer_tel_before AS tel_before,
       r.customer_tel_after AS tel_after, coalesce(p.name, a.name, r.left_to) AS left_to, r.left_at
     FROM key_user_import_row r LEFT JOIN "user" p ON p.id = r.left_to LEFT JOIN api_key a ON a.id = r.left_to
     WHERE r.import_id = $1 AND ($2::text IS NULL OR r.action = $2) AND ($3::bigint IS NULL OR r.user_id > $3)
       AND ${own.join(" AND ")}
     ORDER BY r.user_id LIMIT $4`,
    values,
  );
  const page = cutPage(rows, limit, (row) => [row.user_id]);
  return { items: page.items.map((row) => rowOf(row, ctx.cipher)), nextCursor: page.nextCursor };
}

async function requireRows(ctx: Pick<Context, "pool">, importId: string): Promise<void> {
  const { rows } = id.safeParse(importId).success
    ? await ctx.pool.query<{ has_rows: boolean }>("SELECT has_rows FROM key_user_import WHERE id = $1", [
        importId,
      ])
    : { rows: [] };
  if (!rows[0]) throw new NotFound("There is no such import.");
  if (!rows[0].has_rows) throw new Gone("The rows of this import are not kept any more (KEEP_IMPORTS).");
}

function rowOf(row: DoneRow, cipher: FieldCipher): ImportedRow {
  return {
    userId: row.user_id,
    line: row.line,
    action: row.action,
    version: row.version,
    premiumBefore: row.premium_before,
    premiumAfter: row.premium_after,
    infoBefore: row.info_before,
    infoAfter: row.info_after,
    segmentBefore: row.segment_before,
    segmentAfter: row.segment_after,
    ...maskedMove(cipher, row.user_id, row),
    left:
      row.left_to === null || row.left_at === null
        ? null
        : { by: row.left_to, at: row.left_at.toISOString() },
  };
}
