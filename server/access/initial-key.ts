import type { PrismaClient } from "../../prisma/client/client.ts";
import { hashKey, type NewKey, revokeKeys, writeKey } from "./api-keys.ts";

/** Name of the environment's key, and of no other. */
export const INITIAL_KEY = "INIT_API_KEY";

/** It never expires by itself: the environment holds it, and another value there ends it. */
const KEY: NewKey = { name: INITIAL_KEY, scopes: ["ingest", "replay", "read", "features", "key-users"] };

/** In place of the first characters: people choose this secret, and may choose it short on chance. */
const SHOWN = "(given)";

/** What became of the environment's key at a start. */
export interface InitialKey {
  /** `made` now; `kept` from an earlier start; `revoked` before, and so it stays; `another`: it is a key that people made. */
  readonly state: "made" | "kept" | "revoked" | "another";
  /** Keys of earlier values, revoked now. */
  readonly replaced: number;
}

/**
 * The machine key that INIT_API_KEY names: made once, the same ever after. With another value the earlier one is revoked: whoever
 * changes a secret wants the old one gone.
 */
export async function ensureInitialKey(db: PrismaClient, secret: string): Promise<InitialKey> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tidewatch initial key'))`;
    const known = await tx.apiKey.findUnique({ where: { hash: hashKey(secret) } });
    const earlier = await tx.apiKey.findMany({
      where: { name: INITIAL_KEY, revokedAt: null, id: { not: known?.id ?? "" } },
      select: { id: true },
    });
    const reason = "INIT_API_KEY has another value";
    for (const { id } of earlier) await revokeKeys(tx, { id }, "system", reason);
    const replaced = earlier.length;
    if (known?.revokedAt) return { state: "revoked", replaced };
    if (known) return { state: known.name === INITIAL_KEY ? "kept" : "another", replaced };
    await writeKey(tx, KEY, { secret, prefix: SHOWN }, "system");
    return { state: "made", replaced };
  });
}
