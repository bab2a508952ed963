import type { z } from "zod";
import type { DataScope } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import { id } from "../contracts/api/common.ts";
import type {
  KeyUser,
  KeyUserChange,
  KeyUserEditors,
  KeyUsersPage,
  keyUsersQuery,
} from "../contracts/api/key-users.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { NotFound } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import {
  type Contact,
  type LookUps,
  maskedContact,
  maskedMove,
  openContact,
  type SealedContact,
} from "../lib/sealed-contact.ts";
import { conditionsOf, type KeyUsersFilter, ownSegments } from "./list-filter.ts";
import { SORTS, type SortableRow } from "./list-sorts.ts";

type Query = z.infer<typeof keyUsersQuery>;

interface Row extends SortableRow, SealedContact {
  readonly user_id: string;
  readonly raw_premium: string;
  readonly raw_info: string | null;
  readonly segment: string | null;
  readonly baseline_as_of: string | null;
  readonly version: number;
  readonly updated_at: Date;
  readonly updated_by: string;
  readonly removed_at: Date | null;
  readonly open_case_id: string | null;
}

const SELECT = `
  SELECT k.user_id, k.raw_premium, k.raw_info, k.segment, k.customer_name, k.customer_tel, k.baseline_as_of, k.version, k.updated_at, k.removed_at,
    coalesce(p.name, a.name, k.updated_by) AS updated_by, c.id AS open_case_id`;
const FROM = `
  FROM key_user k LEFT JOIN retention_case c ON c.open_user_id = k.user_id LEFT JOIN "user" p ON p.id = k.updated_by
    LEFT JOIN api_key a ON a.id = k.updated_by`;

const isoOf = (milliseconds: string | null): string | null =>
  milliseconds === null ? null : new Date(Number(milliseconds)).toISOString();

function keyUserOf(row: Row, cipher: FieldCipher): KeyUser {
  return {
    userId: row.user_id,
    rawPremium: row.raw_premium,
    rawInfo: row.raw_info,
    segment: row.segment,
    ...maskedContact(cipher, row.user_id, row),
    baselineAsOf: isoOf(row.baseline_as_of),
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
    removedAt: row.removed_at?.toISOString() ?? null,
    openCaseId: row.open_case_id,
  };
}

type Reads = Pick<Context, "pool" | "time" | "cipher">;

/** Beside what a reader asks for. */
interface Reader {
  /** Whose customers they see. */
  readonly scope: DataScope;
  /** What their search finds by name and telephone; null: it does not look there. */
  readonly lookUps: LookUps | null;
}

/**
 * The list, filtered, in pages that hold under live changes; `total` counts the whole filter.
 * @param lookUps what a search finds by name and telephone; null: it does not look there
 */
export async function keyUsers(
  ctx: Reads,
  query: Query,
  scope: DataScope,
  lookUps: LookUps | null = null,
): Promise<KeyUsersPage> {
  const reader = { scope, lookUps };
  const [page, total] = await Promise.all([readPage(ctx, query, reader), countAll(ctx, query, reader)]);
  const items = page.items.map((row) => keyUserOf(row, ctx.cipher));
  return { items, nextCursor: page.nextCursor, total };
}

async function countAll(ctx: Reads, query: Query, reader: Reader): Promise<number> {
  const values: unknown[] = [];
  const where = conditionsOf(query, { time: ctx.time, ...reader }, (value) => `$${values.push(value)}`);
  const { rows } = await ctx.pool.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM key_user k WHERE ${where.join(" AND ")}`,
    values,
  );
  return rows[0]?.total ?? 0;
}

async function readPage(
  ctx: Reads,
  query: Query,
  reader: Reader,
): Promise<{ readonly items: Row[]; readonly nextCursor: string | null }> {
  const sort = SORTS[query.sort];
  const direction = query.direction ?? sort.direction;
  const after = decodeCursor(query.cursor, [sort.part, "integer"]);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = conditionsOf(query, { time: ctx.time, ...reader }, bind);
  if (after) {
    const comparison = direction === "asc" ? ">" : "<";
    where.push(
      `(${sort.by}, k.user_id) ${comparison} (${bind(after[0])}::${sort.type}, ${bind(after[1])}::bigint)`,
    );
  }
  const { rows } = await ctx.pool.query<Row>(
    `${SELECT}, (${sort.by})::text AS sorted_by ${FROM} WHERE ${where.join(" AND ")}
     ORDER BY ${sort.by} ${direction}, k.user_id ${direction} LIMIT ${bind(query.limit + 1)}`,
    values,
  );
  return cutPage(rows, query.limit, (row) => [sort.keyOf(row), row.user_id]);
}

const MAX_IDS = 500;

/** Those of these users whom the reader sees, removed ones included: what a live patch makes the screen read anew. */
export async function keyUsersById(
  ctx: Pick<Context, "pool" | "cipher">,
  ids: readonly string[],
  scope: DataScope,
): Promise<KeyUser[]> {
  const values: unknown[] = [ids.slice(0, MAX_IDS)];
  const own = ownSegments(scope, (value) => `$${values.push(value)}`);
  const where = ["k.user_id = ANY ($1::bigint[])", ...own].join(" AND ");
  const { rows } = await ctx.pool.query<Row>(`${SELECT} ${FROM} WHERE ${where}`, values);
  return rows.map((row) => keyUserOf(row, ctx.cipher));
}

/** @param scope whose customers the reader sees; default: all @throws {NotFound} */
export async function keyUser(
  ctx: Pick<Context, "pool" | "cipher">,
  userId: string,
  scope: DataScope = null,
): Promise<KeyUser> {
  const [found] = id.safeParse(userId).success ? await keyUsersById(ctx, [userId], scope) : [];
  if (!found) throw new NotFound("This user has never been on the key-user list.");
  return found;
}

/** A row of an export, with name and telephone in clear beside their masks. */
export interface ExportedKeyUser extends KeyUser {
  /** null: whoever exports has no right to them. */
  readonly clear: Contact | null;
}

/**
 * All rows of a filter, in slices, by user id, so that a row which changes meanwhile stands there once: what an export streams.
 * @param isClear names and telephones are read as they are: for who may export them, and after it was audited
 */
export async function* allKeyUsers(
  ctx: Reads,
  query: KeyUsersFilter,
  { isClear, ...reader }: Reader & { readonly isClear: boolean },
): AsyncGenerator<ExportedKeyUser[]> {
  let cursor: string | undefined;
  do {
    const sorted = { ...query, sort: "userId", direction: "asc", limit: MAX_IDS, cursor } as const;
    const page = await readPage(ctx, sorted, reader);
    yield page.items.map((row) => ({
      ...keyUserOf(row, ctx.cipher),
      clear: isClear ? openContact(ctx.cipher, row.user_id, row) : null,
    }));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Who wrote rows last that the reader sees, by name: what a filter can be chosen from. */
export async function keyUserEditors(ctx: Pick<Context, "pool">, scope: DataScope): Promise<KeyUserEditors> {
  const values: unknown[] = [];
  const where = ["true", ...ownSegments(scope, (value) => `$${values.push(value)}`)].join(" AND ");
  const { rows } = await ctx.pool.query<KeyUserEditors["items"][number]>(
    `SELECT e.id, coalesce(p.name, a.name, e.id) AS name
     FROM (SELECT DISTINCT updated_by AS id FROM key_user k WHERE ${where}) e LEFT JOIN "user" p ON p.id = e.id LEFT JOIN api_key a ON a.id = e.id
     ORDER BY coalesce(p.name, a.name, e.id) COLLATE "C", e.id`,
    values,
  );
  return { items: rows };
}

const MAX_CHANGES = 200;

/** The newest 200 changes of a row, newest first. */
export async function keyUserHistory(
  ctx: Pick<Context, "pool" | "cipher">,
  userId: string,
  scope: DataScope,
): Promise<{ items: KeyUserChange[] }> {
  await keyUser(ctx, userId, scope);
  const { rows } = await ctx.pool.query<
    Omit<KeyUserChange, "at" | "effectiveAt"> & {
      changed_at: Date;
      effective_at: string | null;
      premium_before: string | null;
      premium_after: string | null;
      info_before: string | null;
      info_after: string | null;
      segment_before: string | null;
      segment_after: string | null;
      name_before: Buffer | null;
      name_after: Buffer | null;
      tel_before: Buffer | null;
      tel_after: Buffer | null;
    }
  >(
    `SELECT b.id, b.changed_at, b.source, coalesce(p.name, a.name, b.actor) AS actor, b.reason, b.effective_at,
       b.premium_before, b.premium_after, b.info_before, b.info_after, b.segment_before, b.segment_after,
       b.customer_name_before AS name_before, b.customer_name_after AS name_after, b.customer_tel_before AS tel_before,
       b.customer_tel_after AS tel_after
     FROM baseline_change b LEFT JOIN "user" p ON p.id = b.actor LEFT JOIN api_key a ON a.id = b.actor
     WHERE b.user_id = $1 ORDER BY b.id DESC LIMIT ${MAX_CHANGES}`,
    [userId],
  );
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: row.changed_at.toISOString(),
      source: row.source,
      actor: row.actor,
      reason: row.reason,
      effectiveAt: isoOf(row.effective_at),
      premiumBefore: row.premium_before,
      premiumAfter: row.premium_after,
      infoBefore: row.info_before,
      infoAfter: row.info_after,
      segmentBefore: row.segment_before,
      segmentAfter: row.segment_after,
      ...maskedMove(ctx.cipher, userId, row),
    })),
  };
}
