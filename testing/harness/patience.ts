/** For `vi.waitFor`, which of itself gives up after a second: on busy cores what is waited for may take many. */
export const PATIENCE = { timeout: 30_000, interval: 20 } as const;
