import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { Plan } from "./stage-import.ts";

/** Writes what is staged: rows, history, audit entry, and the next commit position. */
export async function executeImport(
  client: pg.PoolClient,
  actor: Pick<Actor, "id">,
  plan: Plan,
  rejected: number,
  now: number,
): Promise<{ importId: string; position: number }> {
  const at = new Date(now);
  const made = await client.query<{ id: string }>(
    "INSERT INTO key_user_import (actor, at, added, changed, unchanged, rejected) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    [actor.id, at, plan.added, plan.changed, plan.unchanged, rejected],
  );
  const importId = String(made.rows[0]?.id);
  await client.query(
    `INSERT INTO key_user AS k (user_id, raw_premium, raw_info, baseline_as_of, created_at, updated_at, updated_by)
     SELECT user_id, raw_premium, raw_info, as_of, $2, $2, $1 FROM staged WHERE action IN ('add', 'restore', 'change') AND keeps_place IS NOT TRUE
     ORDER BY user_id
     ON CONFLICT (user_id) DO UPDATE SET raw_premium = excluded.raw_premium, raw_info = excluded.raw_info,
       baseline_as_of = excluded.baseline_as_of, as_of_event = false, removed_at = NULL,
       anchor = CASE WHEN k.removed_at IS NULL THEN greatest(k.anchor, k.raw_premium) END,
       version = k.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [actor.id, at],
  );
  await client.query(
    `UPDATE key_user AS k SET raw_info = s.raw_info, version = k.version + 1, updated_at = $2, updated_by = $1
     FROM staged s WHERE s.user_id = k.user_id AND s.action IN ('add', 'restore', 'change') AND s.keeps_place`,
    [actor.id, at],
  );
  await client.query(
    `INSERT INTO baseline_change (user_id, source, actor, effective_at, changed_at, premium_before, premium_after,
       info_before, info_after, import_id)
     SELECT user_id, 'import', $1, CASE WHEN keeps_place THEN NULL ELSE as_of END, $2, premium_before, raw_premium, info_before, raw_info, $3
     FROM staged WHERE action IN ('add', 'restore', 'change') ORDER BY user_id`,
    [actor.id, at, importId],
  );
  const { added, changed, unchanged, affectedCases, conflicts } = plan;
  const details = { added, changed, unchanged, rejected, conflicts: conflicts.length, affectedCases };
  await client.query(
    "INSERT INTO audit_entry (at, actor, action, subject, details) VALUES ($1, $2, 'key-users.import', $3, $4)",
    [at, actor.id, `import ${importId}`, JSON.stringify(details)],
  );
  const { rows } = await client.query<{ position: string }>(
    "UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position",
  );
  return { importId, position: Number(rows[0]?.position) };
}
