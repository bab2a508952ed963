import { issueKey } from "../access/api-keys.ts";
import type { Context } from "../context.ts";
import type { IssuedApiKey } from "../contracts/api/api-keys.ts";
import type { Scope } from "../contracts/scopes.ts";
import { InvalidInput } from "../lib/errors.ts";
import { apiKey, isOwn } from "./list-keys.ts";

/** How long a key lives when nobody says otherwise, ms. */
const USUAL_LIFE_MS = 365 * 86_400_000;

/** A key as people ask for it. */
export interface AskedKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** null: never; unset: after a year. */
  readonly expiresAt?: Date | null | undefined;
  /** Requests a minute; null: as many as come; unset: what is usual for its scopes. */
  readonly perMinute?: number | null | undefined;
  readonly reason: string | null;
}

/**
 * Makes a key of a machine, with its audit row.
 * @param by as audit rows name actors
 * @throws {InvalidInput} its name is kept, or it would have expired already
 */
export async function makeKey(
  ctx: Pick<Context, "db" | "pool" | "now">,
  by: string,
  { name, scopes, expiresAt, perMinute, reason }: AskedKey,
): Promise<IssuedApiKey> {
  if (isOwn(name)) {
    throw new InvalidInput(`The name "${name}" is kept for a key that Tidewatch makes by itself.`, {
      field: "name",
    });
  }
  const now = ctx.now();
  if (expiresAt && expiresAt.getTime() <= now) {
    throw new InvalidInput("The key would have expired already: name a time to come.", {
      field: "expiresAt",
    });
  }
  const ends = expiresAt === undefined ? new Date(now + USUAL_LIFE_MS) : expiresAt;
  const limit = perMinute === undefined ? {} : { perMinute };
  const { id, secret } = await issueKey(ctx.db, { name, scopes, expiresAt: ends, ...limit, reason }, by);
  return { key: await apiKey(ctx, id), secret };
}
