/**
 * Does something again and again, never twice at once: what takes longer than the rhythm skips a turn.
 * @param work must not reject; it tells its failures itself
 * @param everyMs rhythm, ms
 * @returns its stop, which waits for the turn under way: what it needs may be closed then
 */
export function repeat(work: () => Promise<unknown>, everyMs: number): () => Promise<void> {
  let turn: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    turn ??= work().finally(() => {
      turn = null;
    });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await turn;
  };
}
