/** Where the board's answers are kept; the server, which reads the first ones, knows the same places. */

/** Everything that is known of a business date: read anew when the day has been revised. */
export const dayKey = (date: string) => ["orders", "day", date] as const;

/** Figures by the hour. `revision`: an earlier one of a closed day; null: the newest. */
export const hourlyKey = (date: string, revision: number | null) =>
  [...dayKey(date), "hourly", revision] as const;

export const movesKey = (date: string) => ["orders", "moves", date] as const;
