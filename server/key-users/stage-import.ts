import { setImmediate as yieldToEvents } from "node:timers/promises";
import type pg from "pg";
import type { ImportConflict, ImportResult } from "../contracts/api/key-users.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { sealName, sealTelephone } from "../lib/sealed-contact.ts";
import type { KeyUserRow } from "./read-key-user-rows.ts";
import { STAGE_IMPORT } from "./stage-import-sql.ts";

/** What the staged lines do. */
export interface Plan
  extends Pick<
    ImportResult,
    "added" | "changed" | "unchanged" | "conflicting" | "affectedCases" | "blanks" | "conflicts"
  > {
  /** Lines without an amount for somebody who is not on the list. */
  readonly missing: readonly number[];
  /** A written line moves its customer from one segment into another. */
  readonly movesScopes: boolean;
  /** Cases whose customer's name or telephone is written; more than a screen lists: one more than that. */
  readonly caseIds: readonly bigint[];
  /** What is to be written, and over which versions, in one word. */
  readonly fingerprint: string;
}

/** Locks the rows that the lines speak of, by id, as every writer of the list does. */
export async function lockRows(client: pg.PoolClient, rows: readonly KeyUserRow[]): Promise<void> {
  await client.query(
    "SELECT 1 FROM key_user WHERE user_id = ANY ($1::bigint[]) ORDER BY user_id FOR UPDATE",
    [rows.map((row) => row.userId)],
  );
}

/** Lines between two pauses: other requests get their turn. */
const SLICE = 1_000;

/** Names and telephones of the lines: none of them reaches the database in clear. */
async function sealed(rows: readonly KeyUserRow[], cipher: FieldCipher) {
  const names: (Buffer | null)[] = [];
  const telephones: (Buffer | null)[] = [];
  for (const [index, { userId, customerName, customerTel }] of rows.entries()) {
    if (index % SLICE === SLICE - 1) await yieldToEvents();
    names.push(customerName == null ? null : sealName(cipher, userId, customerName));
    telephones.push(customerTel == null ? null : sealTelephone(cipher, userId, customerTel));
  }
  return { names, telephones };
}

/** What lines are planned by. */
export interface PlanBy {
  readonly blank: BlankChoice | undefined;
  /** ms */
  readonly now: number;
  readonly cipher: FieldCipher;
}

/**
 * Stages the lines beside what stands, in the client's transaction.
 * @param by.blank undefined: the strict form, where a blank text is none and a blank time says nothing
 */
export async function planImport(
  client: pg.PoolClient,
  rows: readonly KeyUserRow[],
  by: PlanBy,
): Promise<Plan> {
  const contacts = await sealed(rows, by.cipher);
  await client.query(STAGE_IMPORT, [
    rows.map((row) => row.line),
    rows.map((row) => row.userId),
    rows.map((row) => row.rawPremium),
    rows.map((row) => row.rawInfo),
    rows.map((row) => row.asOf ?? null),
    rows.map((row) => row.asOf === null),
    rows.map((row) => row.version),
    rows.map((row) => row.wasRemoved),
    by.blank ?? null,
    by.now,
    rows.map((row) => row.segment ?? null),
    rows.map((row) => row.segment !== undefined),
    contacts.names,
    rows.map((row) => row.customerName !== undefined),
    contacts.telephones,
    rows.map((row) => row.customerTel !== undefined),
  ]);
  const counts = await countActions(client);
  return { ...counts, conflicts: await readConflicts(client), caseIds: await readCases(client) };
}

async function countActions(client: pg.PoolClient): Promise<Omit<Plan, "conflicts" | "caseIds">> {
  const { rows } = await client.query<Omit<Plan, "conflicts" | "caseIds">>(
    `SELECT count(*) FILTER (WHERE action IN ('add', 'restore'))::int AS added,
       count(*) FILTER (WHERE action = 'change')::int AS changed, count(*) FILTER (WHERE action = 'same')::int AS unchanged,
       count(*) FILTER (WHERE action = 'conflict')::int AS conflicting,
       count(c.id) FILTER (WHERE action IN ('add', 'restore', 'change'))::int AS "affectedCases",
       coalesce(array_agg(line ORDER BY line) FILTER (WHERE action = 'missing'), '{}') AS missing,
       json_build_object('rawPremium', count(*) FILTER (WHERE is_premium_blank),
         'rawInfo', count(*) FILTER (WHERE is_info_blank),
         'segment', count(*) FILTER (WHERE is_segment_blank),
         'customerName', count(*) FILTER (WHERE is_customer_name_blank),
         'customerTel', count(*) FILTER (WHERE is_customer_tel_blank),
         'baselineAsOf', count(*) FILTER (WHERE is_time_blank)) AS blanks,
       bool_or(action IN ('restore', 'change') AND segment IS DISTINCT FROM segment_before) AS "movesScopes",
       encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', s.line, s.user_id, s.action, s.version_before,
         s.raw_premium, s.as_of_given, s.keeps_place, s.conflicts, length(s.raw_info), s.raw_info,
         coalesce(length(s.segment), -1), s.segment, coalesce(encode(s.customer_name, 'hex'), '-'),
         coalesce(encode(s.customer_tel, 'hex'), '-')), chr(10)
         ORDER BY s.line) FILTER (WHERE action <> 'same'), ''), 'UTF8')), 'hex') AS fingerprint
     FROM staged s LEFT JOIN retention_case c ON c.open_user_id = s.user_id`,
  );
  if (!rows[0]) throw new Error("an aggregate without a row");
  return rows[0];
}

async function readConflicts(client: pg.PoolClient): Promise<ImportConflict[]> {
  const { rows } = await client.query<ImportConflict>(
    `SELECT s.line, s.user_id AS "userId", s.conflicts AS fields, s.version_before AS version,
       coalesce(p.name, a.name, s.updated_by) AS "updatedBy"
     FROM staged s LEFT JOIN "user" p ON p.id = s.updated_by LEFT JOIN api_key a ON a.id = s.updated_by
     WHERE cardinality(s.conflicts) > 0 ORDER BY s.line`,
  );
  return rows;
}

/** More are read anew as a whole. */
const MAX_CASES = 501;

async function readCases(client: pg.PoolClient): Promise<bigint[]> {
  const moved = ["customer_name", "customer_tel"].map((it) => `s.${it} IS DISTINCT FROM s.${it}_before`);
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM staged s JOIN retention_case c ON c.user_id = s.user_id
     WHERE s.action IN ('add', 'restore', 'change') AND (${moved.join(" OR ")}) LIMIT ${MAX_CASES}`,
  );
  return rows.map(({ id }) => BigInt(id));
}
