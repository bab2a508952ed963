import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import { id } from "../contracts/api/common.ts";
import type { UndoResult } from "../contracts/api/key-user-imports.ts";
import type { Committed } from "../contracts/committed.ts";
import { recordAct } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { AppError, Gone, NotFound } from "../lib/errors.ts";
import { placeEntry } from "./execute-import.ts";
import { namedIds } from "./named-ids.ts";
import { KEEP_ROWS, STAGE_UNDO, TAKE_BACK, TELL_HISTORY } from "./undo-import-sql.ts";

export interface UndoCall {
  readonly ctx: Pick<Context, "pool" | "now" | "publish">;
  readonly actor: Pick<Actor, "id">;
}

export interface UndoOptions {
  /** Tell what would happen, and change nothing. */
  readonly dryRun: boolean;
  readonly reason?: string | undefined;
}

/** Rows that were left, in an answer; the log has them all. */
const MAX_LEFT = 100;

/**
 * Undoes an import in one transaction (rule W4): each row goes back to what stood before it, if its version is still the one that
 * the import made; what people or the stream have changed since stays, and is told. The undo is an entry of the log like the import.
 * @throws {NotFound | Gone | AppError} there is none, its rows are pruned, or it is undone already
 */
export async function undoImport(
  call: UndoCall,
  importId: string,
  options: UndoOptions,
): Promise<UndoResult> {
  if (!id.safeParse(importId).success) throw unknownImport();
  const client = await call.ctx.pool.connect();
  try {
    await client.query("BEGIN");
    const told = await plan(client, importId);
    if (options.dryRun) {
      await client.query("ROLLBACK");
      return told;
    }
    const reason = options.reason ?? null;
    const { undoId, committed } = await takeBack(client, call, { importId, told, reason });
    await client.query("COMMIT");
    call.ctx.publish(committed);
    return { ...told, importId: undoId };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}

/** Locks rows of the list by id, then the import, as every writer does; says what would go back. */
async function plan(client: pg.PoolClient, importId: string): Promise<UndoResult> {
  await client.query(
    `SELECT 1 FROM key_user k JOIN key_user_import_row r USING (user_id) WHERE r.import_id = $1
     ORDER BY k.user_id FOR UPDATE OF k`,
    [importId],
  );
  await requireUndoable(client, importId);
  await client.query(STAGE_UNDO, [importId]);
  const { rows } = await client.query<Pick<UndoResult, "back" | "removed" | "left" | "affectedCases">>(
    `SELECT count(*) FILTER (WHERE goes AND action = 'change')::int AS back,
       count(*) FILTER (WHERE goes AND action <> 'change')::int AS removed,
       count(*) FILTER (WHERE NOT goes)::int AS left, count(c.id) FILTER (WHERE goes)::int AS "affectedCases"
     FROM undoing u LEFT JOIN retention_case c ON c.open_user_id = u.user_id`,
  );
  if (!rows[0]) throw new Error("an aggregate without a row");
  const told = { ...rows[0], leftRows: await readLeft(client), importId: null };
  if (told.back + told.removed > 0) return told;
  const message =
    "Every row of this import was changed since, or taken off the list: nothing is left to undo.";
  throw new AppError("nothing_to_undo", 409, message, { leftRows: told.leftRows, left: told.left });
}

async function readLeft(client: pg.PoolClient): Promise<UndoResult["leftRows"]> {
  const { rows } = await client.query<Omit<UndoResult["leftRows"][number], "at"> & { at: Date }>(
    `SELECT u.user_id AS "userId", u.line, coalesce(p.name, a.name, u.updated_by) AS by, u.updated_at AS at
     FROM undoing u LEFT JOIN "user" p ON p.id = u.updated_by LEFT JOIN api_key a ON a.id = u.updated_by
     WHERE NOT u.goes ORDER BY u.line LIMIT ${MAX_LEFT}`,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

interface Entry {
  readonly undoes: string | null;
  readonly has_rows: boolean;
  readonly undone_by: string | null;
  readonly undone_at: Date | null;
}

async function requireUndoable(client: pg.PoolClient, importId: string): Promise<void> {
  // One statement does not do: what it reads beside the row that it waits for is of before the wait.
  await client.query("SELECT 1 FROM key_user_import WHERE id = $1 FOR UPDATE", [importId]);
  const { rows } = await client.query<Entry>(
    `SELECT i.undoes, i.has_rows, coalesce(p.name, a.name, u.actor) AS undone_by, u.at AS undone_at
     FROM key_user_import i LEFT JOIN key_user_import u ON u.undoes = i.id
       LEFT JOIN "user" p ON p.id = u.actor LEFT JOIN api_key a ON a.id = u.actor
     WHERE i.id = $1`,
    [importId],
  );
  const [entry] = rows;
  if (!entry) throw unknownImport();
  if (entry.undoes !== null) {
    const message = "This entry is the undo of an import. Import the file once more to bring its rows back.";
    throw new AppError("undo_of_undo", 409, message);
  }
  if (entry.undone_by !== null) {
    const at = entry.undone_at?.toISOString() ?? null;
    const message = `${entry.undone_by} has undone this import already.`;
    throw new AppError("undone_already", 409, message, { by: entry.undone_by, at });
  }
  if (!entry.has_rows) {
    throw new Gone("The rows of this import are not kept any more (KEEP_IMPORTS): it cannot be undone.");
  }
}

const unknownImport = (): NotFound => new NotFound("There is no such import.");

interface Taken {
  readonly importId: string;
  readonly told: UndoResult;
  readonly reason: string | null;
}

/** Writes what is staged: rows, history, the entry of the log with its rows, audit entry, and the next commit position. */
async function takeBack(
  client: pg.PoolClient,
  { ctx, actor }: UndoCall,
  { importId, told, reason }: Taken,
): Promise<{ undoId: string; committed: Committed }> {
  const at = new Date(ctx.now());
  const { back, removed, left, affectedCases } = told;
  const made = await client.query<{ id: string }>(
    `INSERT INTO key_user_import (actor, at, added, changed, unchanged, rejected, removed, conflicts, affected_cases, reason, undoes)
     VALUES ($1, $2, 0, $3, 0, 0, $4, $5, $6, $7, $8) RETURNING id`,
    [actor.id, at, back, removed, left, affectedCases, reason, importId],
  );
  const undoId = String(made.rows[0]?.id);
  await client.query(KEEP_ROWS, [undoId]);
  await client.query(TAKE_BACK, [actor.id, at]);
  await client.query(TELL_HISTORY, [actor.id, at, undoId, reason]);
  const details = { undo: undoId, back, removed, left, affectedCases, ...(reason ? { reason } : {}) };
  await recordAct(client, {
    at,
    actor: actor.id,
    action: "key-users.undo-import",
    subject: `import ${importId}`,
    details,
  });
  const gone = await client.query<{ user_id: string; is_moved: boolean }>(
    "SELECT user_id, segment_before IS DISTINCT FROM segment_after AS is_moved FROM undoing WHERE goes ORDER BY user_id",
  );
  const ids = gone.rows.map((row) => row.user_id);
  const movesScopes = gone.rows.some((row) => row.is_moved);
  const caseIds = await readCases(client);
  const committed = await commitAt(client, async (position) => {
    await placeEntry(client, undoId, position);
    return { keyUserIds: namedIds(ids), movesScopes, caseIds };
  });
  return { undoId, committed };
}

/** More are read anew as a whole. */
const MAX_CASES = 501;

/** Cases that showed a name or telephone which is another now. */
async function readCases(client: pg.PoolClient): Promise<bigint[]> {
  const moved = ["customer_name", "customer_tel"].map(
    (it) => `u.${it}_before IS DISTINCT FROM u.${it}_after`,
  );
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM undoing u JOIN retention_case c ON c.user_id = u.user_id
     WHERE u.goes AND u.action <> 'add' AND (${moved.join(" OR ")}) LIMIT ${MAX_CASES}`,
  );
  return rows.map(({ id }) => BigInt(id));
}
