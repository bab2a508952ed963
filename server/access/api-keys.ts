import { hash, randomBytes } from "node:crypto";
import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { recordActIn } from "../db/audit.ts";
import { bearerOf } from "../lib/bearer.ts";
import { Unavailable } from "../lib/errors.ts";
import { type Actor, SCOPES, type Scope } from "./can.ts";
import { DEMO_KEY } from "./demo-key.ts";

const PREFIX = "tw_";
const SHOWN_CHARACTERS = 7;
/** A key that is revoked while it is in use is refused after this time, ms. */
const CACHE_MS = 1_000;
/** "Last used" is this exact, ms: not a write a request. */
const USE_NOTED_MS = 60_000;
const MAX_CACHED = 10_000;

/** A key as it is given out: the secret is shown this once. */
export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
}

/** What a key is made with. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Unset: it never expires. */
  readonly expiresAt?: Date;
}

export const hashKey = (secret: string): string => hash("sha256", secret);

/** Makes a key with a secret of its own, and its audit row. @param by who makes it, as audit rows name actors */
export async function issueKey(db: PrismaClient, key: NewKey, by: string): Promise<IssuedKey> {
  const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const prefix = secret.slice(0, SHOWN_CHARACTERS);
  const id = await db.$transaction((tx) => writeKey(tx, key, { secret, prefix }, by));
  return { id, secret };
}

/** A secret, and what is shown of it. */
interface Secret {
  readonly secret: string;
  readonly prefix: string;
}

/** Writes a key whose secret is given. @returns its id */
export async function writeKey(
  tx: Prisma.TransactionClient,
  { name, scopes, expiresAt }: NewKey,
  { secret, prefix }: Secret,
  by: string,
): Promise<string> {
  const id = crypto.randomUUID();
  await tx.apiKey.create({
    data: {
      id,
      name,
      hash: hashKey(secret),
      prefix,
      scopes: [...scopes],
      expiresAt: expiresAt ?? null,
    },
  });
  const details = { name, scopes, expiresAt: expiresAt?.toISOString() ?? null };
  await recordActIn(tx, { actor: by, action: "api-key.create", subject: `api-key ${id}`, details });
  return id;
}

/**
 * Revokes valid keys of one id or name, with an audit row each.
 * @returns how many there were
 */
export async function revokeKeys(
  tx: Prisma.TransactionClient,
  which: { readonly id: string } | { readonly name: string },
  by: string,
  reason: string | null,
): Promise<number> {
  const keys = await tx.apiKey.updateManyAndReturn({
    where: { ...which, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, name: true },
  });
  for (const { id, name } of keys) {
    const details = { name, reason };
    await recordActIn(tx, { actor: by, action: "api-key.revoke", subject: `api-key ${id}`, details });
  }
  return keys.length;
}

interface CachedKey {
  readonly actor: Actor | null;
  readonly until: number;
}

/** Looks keys up by their hash, remembering the answer for a moment so that a busy sender costs no database time. */
export class ApiKeys {
  readonly #db: PrismaClient;
  readonly #now: () => number;
  readonly #cache = new Map<string, CachedKey>();
  readonly #noted = new Map<string, number>();

  readonly #isDemo: boolean;

  /** @param isDemo this process runs a demo: the simulator's key is good */
  constructor(db: PrismaClient, now: () => number, isDemo = false) {
    this.#db = db;
    this.#now = now;
    this.#isDemo = isDemo;
  }

  /**
   * The machine that holds this bearer key; null when there is none, or the key is unknown, expired or revoked.
   * @throws {Unavailable} the database is away and the key is not remembered
   */
  async authenticate(headers: Headers): Promise<Actor | null> {
    const secret = bearerOf(headers);
    if (!secret) return null;
    const hash = hashKey(secret);
    const cached = this.#cache.get(hash);
    if (cached && cached.until > this.#now()) return cached.actor;
    const asked = this.#now();
    const { actor, expires } = await this.#read(hash).catch(() => {
      throw new Unavailable("The key cannot be checked: the database does not answer.");
    });
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(hash, { actor, until: Math.min(asked + CACHE_MS, expires) });
    return actor;
  }

  /** @returns the machine, and when its key expires, ms */
  async #read(hash: string): Promise<{ actor: Actor | null; expires: number }> {
    const key = await this.#db.apiKey.findUnique({ where: { hash } });
    const now = this.#now();
    const expires = key?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const isGood = key && !key.revokedAt && expires > now && (this.#isDemo || key.name !== DEMO_KEY);
    if (!isGood) return { actor: null, expires: Number.POSITIVE_INFINITY };
    await this.#noteUse(key.id, now);
    const scopes = key.scopes.filter((scope): scope is Scope =>
      (SCOPES as readonly string[]).includes(scope),
    );
    return { actor: { kind: "machine", id: key.id, name: key.name, scopes }, expires };
  }

  async #noteUse(id: string, now: number): Promise<void> {
    if ((this.#noted.get(id) ?? 0) > now - USE_NOTED_MS) return;
    this.#noted.set(id, now);
    await this.#db.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } });
  }
}
