import type { z } from "zod";
import type { ApiKey as KeyRecord, Prisma } from "#prisma/client/client.ts";
import { newSecret, writeKey } from "../access/api-keys.ts";
import type { Scope } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { IssuedApiKey, keyRotation } from "../contracts/api/api-keys.ts";
import { recordActIn } from "../db/audit.ts";
import { Conflict, NotFound } from "../lib/errors.ts";
import { apiKey, isOwn } from "./list-keys.ts";

const HOUR_MS = 3_600_000;

type Rotation = z.infer<typeof keyRotation>;

/**
 * Gives a machine another secret without a gap: a key of the same name, scopes, limit and length of life, made now; the old one
 * goes on for the overlap, or until its own end when that comes sooner.
 * @param by as audit rows name actors
 * @throws {NotFound | Conflict} there is no such key; it has ended, was rotated already, or is not people's to rotate
 */
export async function rotateKey(
  ctx: Pick<Context, "db" | "pool" | "now">,
  by: string,
  id: string,
  rotation: Rotation,
): Promise<IssuedApiKey> {
  const done = await ctx.db.$transaction((tx) => rotateIn(tx, { by, id, now: ctx.now(), ...rotation }));
  if ("refused" in done) throw new Conflict(done.refused, await apiKey(ctx, id));
  return { key: await apiKey(ctx, done.id), secret: done.secret };
}

interface Asked extends Rotation {
  readonly by: string;
  readonly id: string;
  /** ms */
  readonly now: number;
}

async function rotateIn(
  tx: Prisma.TransactionClient,
  { by, id, now, overlapHours, reason }: Asked,
): Promise<{ readonly refused: string } | { readonly id: string; readonly secret: string }> {
  await tx.$queryRaw`SELECT FROM api_key WHERE id = ${id} FOR UPDATE`;
  const old = await tx.apiKey.findUnique({ where: { id } });
  if (!old) throw new NotFound("There is no such API key.");
  const successor = await tx.apiKey.findUnique({ where: { rotatedFrom: id } });
  const refused = refusalOf(old, successor !== null, now);
  if (refused !== null) return { refused };
  const secret = newSecret();
  const { name, perMinute } = old;
  const expiresAt = old.expiresAt && new Date(now + old.expiresAt.getTime() - old.createdAt.getTime());
  // What was read of the table was written by `writeKey`.
  const key = { name, scopes: old.scopes as Scope[], perMinute, expiresAt, rotatedFrom: id, reason };
  const to = await writeKey(tx, key, secret, by);
  const ends = endOf(old, now, overlapHours);
  await tx.apiKey.update({ where: { id }, data: { expiresAt: ends } });
  const details = { name, to, overlapHours, expiresAt: ends.toISOString(), reason };
  await recordActIn(tx, { actor: by, action: "api-key.rotate", subject: `api-key ${id}`, details });
  return { id: to, secret: secret.secret };
}

function refusalOf(
  { name, revokedAt, expiresAt }: KeyRecord,
  isRotated: boolean,
  now: number,
): string | null {
  if (isOwn(name)) {
    return "Tidewatch makes this key by itself: give INIT_API_KEY another value and start again.";
  }
  if (revokedAt) return "This API key was revoked: make another one.";
  if (expiresAt && expiresAt.getTime() <= now) return "This API key has expired: make another one.";
  return isRotated ? "This API key was rotated already: rotate the one that takes its place." : null;
}

/** When the old key ends: after the overlap, never later than it would have. */
function endOf({ expiresAt }: KeyRecord, now: number, overlapHours: number): Date {
  const overlap = now + overlapHours * HOUR_MS;
  return new Date(Math.min(overlap, expiresAt?.getTime() ?? overlap));
}
