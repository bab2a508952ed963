import type { z } from "zod";
import { DEMO_KEY } from "../access/demo-key.ts";
import { INITIAL_KEY } from "../access/initial-key.ts";
import type { Context } from "../context.ts";
import type { ApiKey, ApiKeysPage, apiKeysQuery } from "../contracts/api/api-keys.ts";
import { SCOPES } from "../contracts/scopes.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { NotFound } from "../lib/errors.ts";

type Needs = Pick<Context, "pool" | "now">;

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly per_minute: number | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly created_by_name: string | null;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly last_used_from: string | null;
  readonly revoked_at: Date | null;
  readonly rotated_from: string | null;
  readonly rotated_to: string | null;
}

/** The hash of a secret stays where it is. */
const SELECT_KEYS = `
  SELECT k.id, k.name, k.prefix, k.scopes, k.per_minute, k.created_at, k.created_by, p.name AS created_by_name,
    k.expires_at, k.last_used_at, k.last_used_from, k.revoked_at, k.rotated_from, s.id AS rotated_to
  FROM api_key k LEFT JOIN "user" p ON p.id = k.created_by LEFT JOIN api_key s ON s.rotated_from = k.id`;

/** Keys of machines, newest first. */
export async function apiKeys(
  ctx: Needs,
  { state, cursor, limit }: z.infer<typeof apiKeysQuery>,
): Promise<ApiKeysPage> {
  const [at = null, id = null] = decodeCursor(cursor, ["instant", "text"]) ?? [];
  const now = ctx.now();
  const { rows } = await ctx.pool.query<KeyRow>(
    `${SELECT_KEYS}
     WHERE ($1::text IS NULL OR ($1 = 'valid') = (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)))
       AND ($3::timestamptz IS NULL OR (k.created_at, k.id) < ($3, $4::text))
     ORDER BY k.created_at DESC, k.id DESC LIMIT $5`,
    [state ?? null, new Date(now), at, id, limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.id]);
  return { items: items.map((row) => keyOf(row, now)), nextCursor };
}

/** @throws {NotFound} */
export async function apiKey(ctx: Needs, id: string): Promise<ApiKey> {
  const { rows } = await ctx.pool.query<KeyRow>(`${SELECT_KEYS} WHERE k.id = $1`, [id]);
  if (!rows[0]) throw new NotFound("There is no such API key.");
  return keyOf(rows[0], ctx.now());
}

function keyOf(row: KeyRow, now: number): ApiKey {
  const state = stateOf(row, now);
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    state,
    createdAt: row.created_at.toISOString(),
    createdBy: { id: row.created_by, name: row.created_by_name },
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedFrom: row.last_used_from,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    rotatedFrom: row.rotated_from,
    rotatedTo: row.rotated_to,
    isRotatable: state === "valid" && row.rotated_to === null && !isOwn(row.name),
    perMinute: row.per_minute,
  };
}

function stateOf(
  { revoked_at, expires_at }: Pick<KeyRow, "revoked_at" | "expires_at">,
  now: number,
): ApiKey["state"] {
  if (revoked_at) return "revoked";
  return expires_at && expires_at.getTime() <= now ? "expired" : "valid";
}

/** Whether a name is of a key that Tidewatch makes by itself: its secret is the environment's or the simulator's. */
export const isOwn = (name: string): boolean => name === INITIAL_KEY || name === DEMO_KEY;
