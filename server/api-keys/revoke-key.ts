import { revokeKeys } from "../access/api-keys.ts";
import type { Context } from "../context.ts";
import type { ApiKey } from "../contracts/api/api-keys.ts";
import { Conflict } from "../lib/errors.ts";
import { apiKey } from "./list-keys.ts";

/**
 * Ends a key for good: every process refuses it within two seconds.
 * @param by as audit rows name actors
 * @throws {NotFound | Conflict} there is no such key, or it is revoked already
 */
export async function revokeKey(
  ctx: Pick<Context, "db" | "pool" | "now">,
  by: string,
  id: string,
  reason: string,
): Promise<ApiKey> {
  const count = await ctx.db.$transaction((tx) => revokeKeys(tx, { id }, by, reason));
  const key = await apiKey(ctx, id);
  if (count === 0) throw new Conflict("This API key is revoked already.", key);
  return key;
}
