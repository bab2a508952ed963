import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { ImportHow } from "../contracts/api/key-user-imports.ts";
import type { Committed } from "../contracts/committed.ts";
import { recordAct } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import type { Confirmation } from "../four-eyes/confirmation.ts";
import { namedIds } from "./named-ids.ts";
import { eachOptional, OPTIONAL_COLUMNS, OPTIONAL_MOVES } from "./optional-columns.ts";
import type { Plan } from "./stage-import.ts";

const OPTIONAL = OPTIONAL_COLUMNS.join(", ");

/** What the import log keeps of a file. */
export interface ImportedFile {
  /** As its sender calls it; null: not told. */
  readonly fileName: string | null;
  readonly how: ImportHow;
}

/** Who imports what. */
export interface Import {
  readonly actor: Pick<Actor, "id">;
  readonly file: ImportedFile | null;
  /** Lines that were refused. */
  readonly rejected: number;
  readonly at: Date;
  readonly confirmation?: Confirmation | undefined;
}

/**
 * Writes what is staged: the entry of the log with its rows, the list, history, audit entry, and the next commit position.
 * @param changed the customers of the file
 */
export async function executeImport(
  client: pg.PoolClient,
  plan: Plan,
  given: Import,
  changed: readonly string[],
): Promise<{ importId: string; committed: Committed; addedIds: string[] }> {
  const importId = await openEntry(client, plan, given);
  await keepRows(client, importId);
  await writeList(client, given);
  await tellHistory(client, importId, given);
  await audit(client, importId, plan, given);
  const addedIds = await readAdded(client);
  const { movesScopes, caseIds } = plan;
  const committed = await commitAt(client, async (position) => {
    await placeEntry(client, importId, position);
    return { keyUserIds: namedIds(changed), movesScopes, caseIds };
  });
  return { importId, addedIds, committed };
}

/** The entry of an import, or of an undo, carries the position for all its rows of history. */
export async function placeEntry(client: pg.PoolClient, importId: string, position: number): Promise<void> {
  await client.query("UPDATE key_user_import SET position = $2 WHERE id = $1", [importId, position]);
}

async function readAdded(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ user_id: string }>("SELECT user_id FROM staged WHERE action = 'add'");
  return rows.map((row) => row.user_id);
}

async function openEntry(
  client: pg.PoolClient,
  plan: Plan,
  { actor, file, rejected, at }: Import,
): Promise<string> {
  const { added, changed, unchanged, conflicts, affectedCases } = plan;
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO key_user_import (actor, at, added, changed, unchanged, rejected, conflicts, affected_cases, file_name, reading)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      actor.id,
      at,
      added,
      changed,
      unchanged,
      rejected,
      conflicts.length,
      affectedCases,
      file?.fileName ?? null,
      file ? JSON.stringify(file.how) : null,
    ],
  );
  return String(rows[0]?.id);
}

/** Before and after of each row that is to be written, for an undo: as the list stands at this moment (rule W4). */
async function keepRows(client: pg.PoolClient, importId: string): Promise<void> {
  await client.query(
    `INSERT INTO key_user_import_row (import_id, user_id, line, action, version, premium_before, premium_after, info_before,
       info_after, ${OPTIONAL_MOVES}, as_of_before, as_of_after, as_of_event_before, anchor_before, anchor_after, removed_at_before)
     SELECT $1, s.user_id, s.line, s.action, coalesce(k.version, 0) + 1, k.raw_premium, s.raw_premium, k.raw_info, s.raw_info, ${eachOptional((it) => `k.${it}, s.${it}`)},
       k.baseline_as_of, CASE WHEN s.keeps_place THEN k.baseline_as_of ELSE s.as_of END, coalesce(k.as_of_event, false), k.anchor,
       CASE WHEN s.keeps_place THEN k.anchor WHEN k.removed_at IS NULL THEN greatest(k.anchor, k.raw_premium) END, k.removed_at
     FROM staged s LEFT JOIN key_user k USING (user_id) WHERE s.action IN ('add', 'restore', 'change')`,
    [importId],
  );
}

async function writeList(client: pg.PoolClient, { actor, at }: Import): Promise<void> {
  await client.query(
    `INSERT INTO key_user AS k (user_id, raw_premium, raw_info, ${OPTIONAL}, baseline_as_of, created_at, updated_at, updated_by)
     SELECT user_id, raw_premium, raw_info, ${OPTIONAL}, as_of, $2, $2, $1 FROM staged WHERE action IN ('add', 'restore', 'change') AND keeps_place IS NOT TRUE
     ORDER BY user_id
     ON CONFLICT (user_id) DO UPDATE SET raw_premium = excluded.raw_premium, raw_info = excluded.raw_info, ${eachOptional((it) => `${it} = excluded.${it}`)},
       baseline_as_of = excluded.baseline_as_of, as_of_event = false, removed_at = NULL,
       anchor = CASE WHEN k.removed_at IS NULL THEN greatest(k.anchor, k.raw_premium) END,
       version = k.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [actor.id, at],
  );
  await client.query(
    `UPDATE key_user AS k SET raw_info = s.raw_info, ${eachOptional((it) => `${it} = s.${it}`)}, version = k.version + 1, updated_at = $2, updated_by = $1
     FROM staged s WHERE s.user_id = k.user_id AND s.action IN ('add', 'restore', 'change') AND s.keeps_place`,
    [actor.id, at],
  );
}

async function tellHistory(client: pg.PoolClient, importId: string, { actor, at }: Import): Promise<void> {
  await client.query(
    `INSERT INTO baseline_change (user_id, source, actor, effective_at, changed_at, premium_before, premium_after,
       info_before, info_after, ${OPTIONAL_MOVES}, import_id)
     SELECT user_id, 'import', $1, CASE WHEN keeps_place THEN NULL ELSE as_of END, $2, premium_before, raw_premium, info_before, raw_info,
       ${eachOptional((it) => `CASE WHEN ${it} IS DISTINCT FROM ${it}_before THEN ${it}_before END, CASE WHEN ${it} IS DISTINCT FROM ${it}_before THEN ${it} END`)}, $3
     FROM staged WHERE action IN ('add', 'restore', 'change') ORDER BY user_id`,
    [actor.id, at, importId],
  );
}

async function audit(
  client: pg.PoolClient,
  importId: string,
  { added, changed, unchanged, affectedCases, conflicts }: Plan,
  { actor, at, rejected, file, confirmation }: Import,
): Promise<void> {
  const details = {
    added,
    changed,
    unchanged,
    rejected,
    conflicts: conflicts.length,
    affectedCases,
    ...(file?.fileName ? { file: file.fileName } : {}),
    ...confirmation,
  };
  await recordAct(client, {
    at,
    actor: actor.id,
    action: "key-users.import",
    subject: `import ${importId}`,
    details,
  });
}
