import type pg from "pg";

/** "Last seen" is this exact, ms. */
const NOTED_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/**
 * Notes when sessions were last used, by a request or an open socket. One write a minute and session at most, whatever it asks and
 * however many processes it asks: each process remembers what it noted, and the statement leaves rows alone that another one has
 * just written. Nobody waits for it. To the minute is enough to tell a session that is used from one that was forgotten; a
 * write with each request would cost more than most of the reads that it notes.
 */
export class SeenSessions {
  readonly #pool: Pick<pg.Pool, "query">;
  readonly #now: () => number;
  readonly #noted = new Map<string, number>();

  constructor(pool: Pick<pg.Pool, "query">, now: () => number) {
    this.#pool = pool;
    this.#now = now;
  }

  /** @param ids of sessions that are in use at this moment */
  note(ids: readonly string[]): void {
    const now = this.#now();
    const due = ids.filter((id) => (this.#noted.get(id) ?? 0) <= now - NOTED_MS);
    if (due.length === 0) return;
    if (this.#noted.size + due.length > MAX_REMEMBERED) this.#noted.clear();
    for (const id of due) this.#noted.set(id, now);
    void this.#write(due, now);
  }

  /** A row that somebody else holds is left to the next time: whoever ends sessions never waits for this, nor this for them. */
  async #write(ids: readonly string[], now: number): Promise<void> {
    try {
      await this.#pool.query(
        `UPDATE session SET "updatedAt" = $2 WHERE id IN
           (SELECT id FROM session WHERE id = ANY ($1) AND "updatedAt" < $3 FOR UPDATE SKIP LOCKED)`,
        [ids, new Date(now), new Date(now - NOTED_MS / 2)],
      );
    } catch {
      // The database is away: the next request tells so, and the next minute notes it.
      for (const id of ids) this.#noted.delete(id);
    }
  }
}
