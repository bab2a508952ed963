import type pg from "pg";
import type { ListColumn } from "../contracts/api/list-file.ts";
import type { KeyUserRow } from "./read-key-user-rows.ts";

/** What blank cells do to a user on the list; undefined: a blank text erases, a blank time says nothing (the strict form). */
export type BlankRule = "keep" | "erase" | undefined;

export interface Plan {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly affectedCases: number;
  readonly blanks: { readonly rawPremium: number; readonly rawInfo: number; readonly baselineAsOf: number };
  /** What is to be written, and over which versions, in one word. */
  readonly fingerprint: string;
}

/** A line that cannot be carried out as it is. */
export interface PlannedConflict {
  readonly line: number;
  readonly userId: string;
  readonly fields: ListColumn[];
  readonly version: number;
  readonly updatedBy: string;
}

/** Locks the rows that the lines speak of, by id, as every writer of the list does. */
export async function lockRows(client: pg.PoolClient, rows: readonly KeyUserRow[]): Promise<void> {
  await client.query(
    "SELECT 1 FROM key_user WHERE user_id = ANY ($1::bigint[]) ORDER BY user_id FOR UPDATE",
    [rows.map((row) => row.userId)],
  );
}

const IS_BLANK = (text: string) => `coalesce(${text}, '') ~ '^\\s*$'`;

/**
 * Each line beside what stands. A line that names an older version is compared with what its writer saw: each version is one
 * row of the history, so the newest (version now − version seen) rows tell what moved since.
 */
const BESIDE = `
  SELECT n.*, k.user_id IS NOT NULL AS is_known, k.user_id IS NOT NULL AND k.removed_at IS NULL AS is_listed,
    coalesce(n.version <> k.version, false) AS is_stale, k.version AS version_before, k.updated_by,
    k.raw_premium AS premium_before, k.raw_info AS info_before, k.baseline_as_of AS as_of_before,
    coalesce(s.is_told, false) AS is_told, coalesce(s.amount_moved, false) AS amount_moved,
    coalesce(s.info_moved, false) AS info_moved, s.info_seen
  FROM unnest($1::int[], $2::bigint[], $3::numeric[], $4::text[], $5::bigint[], $6::boolean[], $7::int[], $8::boolean[])
    AS n (line, user_id, premium, info, as_of, is_time_blank, version, was_removed)
  LEFT JOIN key_user k ON k.user_id = n.user_id
  LEFT JOIN LATERAL (
    SELECT count(*) = k.version - n.version AS is_told,
      bool_or(b.premium_before IS DISTINCT FROM b.premium_after OR b.effective_at IS NOT NULL) AS amount_moved,
      bool_or(b.source <> 'stream' AND b.info_before IS DISTINCT FROM b.info_after) AS info_moved,
      (array_agg(b.info_before ORDER BY b.id))[1] AS info_seen
    FROM (SELECT * FROM baseline_change c WHERE c.user_id = k.user_id ORDER BY c.id DESC
      LIMIT greatest(k.version - n.version, 0)) b
  ) s ON n.version <> k.version`;

/** What the line asks for: blank cells by the rule, and nothing where blank meets blank. */
const ASKED = `
  SELECT b.*, $9::text = 'erase' AND b.is_time_blank AND b.is_listed AND b.as_of_before IS NOT NULL AS erases_time,
    CASE WHEN b.is_listed AND b.info IS NULL AND ($9::text = 'keep' OR ${IS_BLANK("b.info_before")}) THEN b.info_before
      ELSE b.info END AS info_asked
  FROM beside b`;

/** Rule W5, field by field: what moved since the line was written is left, a text that only the stream moved is written. */
const JUDGED = `
  SELECT a.*,
    a.is_stale AND a.is_listed AND (NOT a.is_told OR a.amount_moved) AND a.premium <> a.premium_before AS is_premium_left,
    a.is_stale AND a.is_listed AND (NOT a.is_told OR a.amount_moved)
      AND (a.erases_time OR a.as_of IS DISTINCT FROM coalesce(a.as_of_before, a.as_of)
        OR (a.as_of IS NOT NULL AND a.as_of_before IS NULL)) AND a.as_of IS NOT NULL IS NOT FALSE AS is_time_left,
    a.is_stale AND a.is_listed AND a.info_asked IS DISTINCT FROM a.info_before AND (NOT a.is_told OR a.info_moved
      OR a.info IS NOT DISTINCT FROM a.info_seen OR (a.info IS NULL AND ${IS_BLANK("a.info_seen")})) AS is_info_left
  FROM asked a`;
