const DEADLOCK = "40P01";
const MOST_TRIES = 5;

/**
 * Runs a transaction again when PostgreSQL ended it because it and another one waited for each other: the other one has gone on,
 * and nothing of ours is done. For what locks whole tables, which readers of two of them meet in any order.
 * @param transact the whole transaction, from its beginning
 */
export async function untilNoDeadlock<T>(transact: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact();
    } catch (error) {
      if (!isDeadlock(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/** PostgreSQL's own error, or Prisma's around it. */
function isDeadlock(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: unknown }).code === DEADLOCK) return true;
    if (JSON.stringify((cause as { meta?: unknown }).meta)?.includes(DEADLOCK)) return true;
  }
  return false;
}
