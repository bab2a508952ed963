import { hash, randomBytes } from "node:crypto";
import type { PrismaClient } from "../../prisma/client/client.ts";
import { Unavailable } from "../lib/errors.ts";
import { type Actor, SCOPES, type Scope } from "./can.ts";

const PREFIX = "tw_";
const SHOWN_CHARACTERS = 7;
/** A revoked key is refused within this time, ms. */
const CACHE_MS = 2_000;
/** "Last used" is this exact, ms: not a write a request. */
const USE_NOTED_MS = 60_000;
const MAX_CACHED = 10_000;

/** A key as it is given out: the secret is shown this once. */
export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
}

export const hashKey = (secret: string): string => hash("sha256", secret);

export async function issueKey(
  db: PrismaClient,
  options: { name: string; scopes: readonly Scope[]; expiresAt?: Date; secret?: string },
): Promise<IssuedKey> {
  const secret = options.secret ?? `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const hash = hashKey(secret);
  const row = await db.apiKey.upsert({
    where: { hash },
    update: {},
    create: {
      id: crypto.randomUUID(),
      name: options.name,
      hash,
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      scopes: [...options.scopes],
      expiresAt: options.expiresAt ?? null,
    },
  });
  return { id: row.id, secret };
}

/** The machine key that INIT_API_KEY names: made once, the same ever after. */
export async function ensureInitialKey(db: PrismaClient, secret: string): Promise<void> {
  await issueKey(db, {
    name: "INIT_API_KEY",
    scopes: ["ingest", "read", "features", "key-users", "replay"],
    secret,
  });
}

export function bearerOf(headers: Headers): string | null {
  return /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
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

  constructor(db: PrismaClient, now: () => number) {
    this.#db = db;
    this.#now = now;
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
    const actor = await this.#read(hash).catch(() => {
      throw new Unavailable("The key cannot be checked: the database does not answer.");
    });
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(hash, { actor, until: this.#now() + CACHE_MS });
    return actor;
  }

  async #read(hash: string): Promise<Actor | null> {
    const key = await this.#db.apiKey.findUnique({ where: { hash } });
    const now = this.#now();
    if (!key || key.revokedAt || (key.expiresAt && key.expiresAt.getTime() <= now)) return null;
    await this.#noteUse(key.id, now);
    const scopes = key.scopes.filter((scope): scope is Scope =>
      (SCOPES as readonly string[]).includes(scope),
    );
    return { kind: "machine", id: key.id, name: key.name, scopes };
  }

  async #noteUse(id: string, now: number): Promise<void> {
    if ((this.#noted.get(id) ?? 0) > now - USE_NOTED_MS) return;
    this.#noted.set(id, now);
    await this.#db.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } });
  }
}
