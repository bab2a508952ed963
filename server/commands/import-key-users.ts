import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { ImportResult } from "../contracts/api/key-users.ts";
import { nothingCommitted } from "../contracts/committed.ts";
import type { Runtime } from "../runtime.ts";
import { type KeyUserRow, type RawKeyUserRow, validateKeyUserRows } from "./read-key-user-rows.ts";

export interface ImportOptions {
  /** Tell what would happen, and change nothing. */
  readonly dryRun: boolean;
  /** Import the good lines although others are refused; otherwise all or nothing. */
  readonly skipRejected: boolean;
}

type Needs = Pick<Runtime, "pool" | "now" | "publish"> & {
  readonly config: Pick<Runtime["config"], "MAX_FUTURE_SKEW_MS">;
};

/** Ids that one patch names; more, and the screens read the list anew. */
const MAX_NAMED = 200;

/**
 * Imports a list in one transaction: new users, changed baselines (at the time given, or of the import, rule K3), removed
 * users that come back. A new text alone leaves the baseline its place, as an edit does; what does not differ is not
 * touched.
 */
export async function importKeyUsers(
  rt: Needs,
  actor: Pick<Actor, "id">,
  raw: readonly RawKeyUserRow[],
  { dryRun, skipRejected }: ImportOptions,
): Promise<ImportResult> {
  const { rows, rejected } = validateKeyUserRows(raw, {
    latest: rt.now() + rt.config.MAX_FUTURE_SKEW_MS,
  });
  const isRefused = rejected.length > 0 && !skipRejected;
  const client = await rt.pool.connect();
  try {
    await client.query("BEGIN");
    if (!dryRun) await lockRows(client, rows);
    const plan = await planImport(client, rows, rt.now());
    if (dryRun || isRefused || plan.added + plan.changed === 0) {
      await client.query("ROLLBACK");
      return { ...plan, rejected, importId: null };
    }
    const { importId, position } = await carryOut(client, actor, plan, rejected.length, rt.now());
    await client.query("COMMIT");
    const ids = rows.length > MAX_NAMED ? null : rows.map((row) => row.userId);
    rt.publish({ ...nothingCommitted(position), keyUserIds: ids });
    return { ...plan, rejected, importId };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}

interface Plan {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly affectedCases: number;
}

/** Locks the rows that the lines speak of, by id, as every writer of the list does. */
async function lockRows(client: pg.PoolClient, rows: readonly KeyUserRow[]): Promise<void> {
  await client.query(
    "SELECT 1 FROM key_user WHERE user_id = ANY ($1::bigint[]) ORDER BY user_id FOR UPDATE",
    [rows.map((row) => row.userId)],
  );
}

/** Stages the lines beside what stands. */
async function planImport(client: pg.PoolClient, rows: readonly KeyUserRow[], now: number): Promise<Plan> {
  await client.query(
    `CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
     SELECT n.user_id, n.raw_premium, n.raw_info,
       n.as_of IS NULL AND k.removed_at IS NULL AND k.raw_premium = n.raw_premium AS keeps_place,
       CASE WHEN k.user_id IS NULL OR k.removed_at IS NOT NULL THEN n.as_of ELSE coalesce(n.as_of, $5) END AS as_of,
       k.raw_premium AS premium_before, k.raw_info AS info_before,
       CASE WHEN k.user_id IS NULL THEN 'add' WHEN k.removed_at IS NOT NULL THEN 'restore'
            WHEN k.raw_premium <> n.raw_premium OR k.raw_info IS DISTINCT FROM n.raw_info
              OR (n.as_of IS NOT NULL AND k.baseline_as_of IS DISTINCT FROM n.as_of) THEN 'change'
            ELSE 'same' END AS deed
     FROM unnest($1::bigint[], $2::numeric[], $3::text[], $4::bigint[]) AS n (user_id, raw_premium, raw_info, as_of)
     LEFT JOIN key_user k ON k.user_id = n.user_id`,
    [
      rows.map((row) => row.userId),
      rows.map((row) => row.rawPremium),
      rows.map((row) => row.rawInfo),
      rows.map((row) => row.asOf),
      now,
    ],
  );
  const { rows: counts } = await client.query<Plan>(
    `SELECT count(*) FILTER (WHERE deed IN ('add', 'restore'))::int AS added,
       count(*) FILTER (WHERE deed = 'change')::int AS changed, count(*) FILTER (WHERE deed = 'same')::int AS unchanged,
       count(c.id) FILTER (WHERE deed <> 'same')::int AS "affectedCases"
     FROM staged s LEFT JOIN retention_case c ON c.open_user_id = s.user_id`,
  );
  return counts[0] ?? { added: 0, changed: 0, unchanged: 0, affectedCases: 0 };
}

async function carryOut(
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
     SELECT user_id, raw_premium, raw_info, as_of, $2, $2, $1 FROM staged WHERE deed <> 'same' AND keeps_place IS NOT TRUE
     ORDER BY user_id
     ON CONFLICT (user_id) DO UPDATE SET raw_premium = excluded.raw_premium, raw_info = excluded.raw_info,
       baseline_as_of = excluded.baseline_as_of, as_of_event = false, removed_at = NULL,
       anchor = CASE WHEN k.removed_at IS NULL THEN greatest(k.anchor, k.raw_premium) END,
       version = k.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [actor.id, at],
  );
  await client.query(
    `UPDATE key_user AS k SET raw_info = s.raw_info, version = k.version + 1, updated_at = $2, updated_by = $1
     FROM staged s WHERE s.user_id = k.user_id AND s.deed <> 'same' AND s.keeps_place`,
    [actor.id, at],
  );
  await client.query(
    `INSERT INTO baseline_change (user_id, source, actor, effective_at, changed_at, premium_before, premium_after,
       info_before, info_after, import_id)
     SELECT user_id, 'import', $1, CASE WHEN keeps_place THEN NULL ELSE as_of END, $2, premium_before, raw_premium, info_before, raw_info, $3
     FROM staged WHERE deed <> 'same' ORDER BY user_id`,
    [actor.id, at, importId],
  );
  await client.query(
    "INSERT INTO audit_entry (at, actor, action, subject, details) VALUES ($1, $2, 'key-users.import', $3, $4)",
    [at, actor.id, `import ${importId}`, JSON.stringify({ ...plan, rejected })],
  );
  const { rows } = await client.query<{ position: string }>(
    "UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position",
  );
  return { importId, position: Number(rows[0]?.position) };
}
