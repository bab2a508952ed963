import { hash, randomBytes } from "node:crypto";
import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { recordActIn } from "../db/audit.ts";
import { bearerOf } from "../lib/bearer.ts";
import { Unavailable } from "../lib/errors.ts";
import { type Actor, SCOPES, type Scope } from "./can.ts";
import { clientAddress } from "./client-address.ts";
import { DEMO_KEY } from "./demo-key.ts";
import { KeyRates, usualPerMinute } from "./key-rates.ts";
import { KeyUses } from "./key-uses.ts";

const PREFIX = "tw_";
const SHOWN_CHARACTERS = 7;
/** A key that is revoked while it is in use is refused after this time, by every process, ms. */
const CACHE_MS = 1_000;
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
  readonly expiresAt?: Date | null;
  /** Requests a minute; null: as many as come; unset: what is usual for its scopes. */
  readonly perMinute?: number | null;
  /** Id of the key that it takes the place of. */
  readonly rotatedFrom?: string;
  /** For the audit row. */
  readonly reason?: string | null;
}

/** A secret, and what is shown of it. */
interface Secret {
  readonly secret: string;
  readonly prefix: string;
}

export const hashKey = (secret: string): string => hash("sha256", secret);

export function newSecret(): Secret {
  const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  return { secret, prefix: secret.slice(0, SHOWN_CHARACTERS) };
}

/** Makes a key with a secret of its own, and its audit row. @param by who makes it, as audit rows name actors */
export async function issueKey(db: PrismaClient, key: NewKey, by: string): Promise<IssuedKey> {
  const secret = newSecret();
  const id = await db.$transaction((tx) => writeKey(tx, key, secret, by));
  return { id, secret: secret.secret };
}

/** Writes a key whose secret is given. @returns its id */
export async function writeKey(
  tx: Prisma.TransactionClient,
  { name, scopes, expiresAt = null, perMinute = usualPerMinute(scopes), rotatedFrom, reason }: NewKey,
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
      perMinute,
      createdBy: by,
      expiresAt,
      rotatedFrom: rotatedFrom ?? null,
    },
  });
  const details = {
    ...{ name, scopes, expiresAt: expiresAt?.toISOString() ?? null, perMinute },
    ...(rotatedFrom ? { rotatedFrom } : {}),
    ...(reason ? { reason } : {}),
  };
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

interface KnownKey {
  /** null: nobody that we know. */
  readonly actor: Actor | null;
  /** Requests a minute; null: as many as come. */
  readonly perMinute: number | null;
  /** Until when this may be believed, ms. */
  readonly until: number;
}

const UNKNOWN = { actor: null, perMinute: null, expires: Number.POSITIVE_INFINITY };

/** Looks keys up by their hash, remembering the answer for a moment so that a busy sender costs no database time. */
export class ApiKeys {
  readonly #db: PrismaClient;
  readonly #now: () => number;
  readonly #isDemo: boolean;
  readonly #cache = new Map<string, KnownKey>();
  readonly #uses: KeyUses;
  readonly #rates = new KeyRates();

  /** @param isDemo this process runs a demo: the simulator's key is good */
  constructor(db: PrismaClient, now: () => number, isDemo = false) {
    this.#db = db;
    this.#now = now;
    this.#isDemo = isDemo;
    this.#uses = new KeyUses(db);
  }

  /**
   * The machine that holds this bearer key; null when there is none, or the key is unknown, expired or revoked.
   * @throws {Unavailable} the database is away and the key is not remembered
   * @throws {TooBusy} the key has sent as many requests in this minute as it may
   */
  async authenticate(headers: Headers): Promise<Actor | null> {
    const secret = bearerOf(headers);
    if (!secret) return null;
    const hash = hashKey(secret);
    const cached = this.#cache.get(hash);
    const known = cached && cached.until > this.#now() ? cached : await this.#ask(hash, headers);
    if (known.actor && known.perMinute !== null) await this.#rates.take(known.actor.id, known.perMinute);
    return known.actor;
  }

  async #ask(hash: string, headers: Headers): Promise<KnownKey> {
    const asked = this.#now();
    const { actor, perMinute, expires } = await this.#read(hash).catch(() => {
      throw new Unavailable("The key cannot be checked: the database does not answer.");
    });
    if (actor) await this.#uses.note(actor.id, clientAddress({ headers }), this.#now());
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    const known = { actor, perMinute, until: Math.min(asked + CACHE_MS, expires) };
    this.#cache.set(hash, known);
    return known;
  }

  /** @returns the machine, its limit, and when its key expires, ms */
  async #read(hash: string): Promise<Omit<KnownKey, "until"> & { readonly expires: number }> {
    const key = await this.#db.apiKey.findUnique({ where: { hash } });
    const expires = key?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    if (!key || key.revokedAt || expires <= this.#now()) return UNKNOWN;
    if (!this.#isDemo && key.name === DEMO_KEY) return UNKNOWN;
    const scopes = key.scopes.filter((scope): scope is Scope =>
      (SCOPES as readonly string[]).includes(scope),
    );
    const actor = { kind: "machine", id: key.id, name: key.name, scopes } as const;
    return { actor, perMinute: key.perMinute, expires };
  }
}
