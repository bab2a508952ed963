/** Columns that a list may have or not: where it has none, what stands stays. Their SQL is the same, so it is written once. */
export const OPTIONAL_COLUMNS = ["segment", "customer_name", "customer_tel"] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

/** A piece of SQL for each of them. */
export const eachOptional = (sql: (column: OptionalColumn) => string, separator = ", "): string =>
  OPTIONAL_COLUMNS.map(sql).join(separator);

/** Before and after of each, as history and import rows name them. */
export const OPTIONAL_MOVES = eachOptional((column) => `${column}_before, ${column}_after`);
