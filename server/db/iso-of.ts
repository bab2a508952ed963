/** Epoch milliseconds as the database answers them → 2026-11-22T10:00:00.500Z */
export const isoOf = (milliseconds: string): string => new Date(Number(milliseconds)).toISOString();
