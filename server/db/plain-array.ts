/**
 * An array parameter of values that need no quotes: numbers, ids, dates, amounts. The driver would look at each for
 * what must be escaped, which takes longer than anything else it does for a large statement.
 */
export function plainArray(values: readonly (string | number | bigint | null)[]): string {
  let text = "{";
  for (const value of values) text += text.length === 1 ? (value ?? "NULL") : `,${value ?? "NULL"}`;
  return `${text}}`;
}
