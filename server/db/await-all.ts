/** Statements that were sent together (pipelined). */
type Sent = readonly unknown[] | [];

/**
 * Awaits all of them, also when one has failed: a caller that rolls back at the first failure would have another's next
 * statement sent behind its rollback, where it commits by itself.
 * @throws the failure that came first
 */
export async function awaitAll<T extends Sent>(
  sent: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const all = Promise.all(sent);
  await Promise.allSettled([all, ...sent]);
  return all;
}
