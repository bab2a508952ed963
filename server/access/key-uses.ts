import type { PrismaClient } from "#prisma/client/client.ts";

/** "Last used" is this exact, ms: not a write a request. */
const EXACT_MS = 60_000;
const MAX_NOTED = 10_000;

/** Writes down when keys were used last, and from where. */
export class KeyUses {
  readonly #db: Pick<PrismaClient, "apiKey">;
  /** When each key's use was written last by this process, ms. */
  readonly #noted = new Map<string, number>();

  constructor(db: Pick<PrismaClient, "apiKey">) {
    this.#db = db;
  }

  /**
   * Does not fail: who may send is not refused because this cannot be written; it is tried again at the next look at the key.
   * @param address of the client; "" when it is not known
   * @param now ms
   */
  async note(id: string, address: string, now: number): Promise<void> {
    if ((this.#noted.get(id) ?? 0) > now - EXACT_MS) return;
    if (this.#noted.size >= MAX_NOTED) this.#noted.clear();
    this.#noted.set(id, now);
    const data = { lastUsedAt: new Date(now), lastUsedFrom: address || null };
    await this.#db.apiKey.updateMany({ where: { id }, data }).catch(() => this.#noted.delete(id));
  }
}
