import { businessDate } from "#server/contracts/api/common.ts";
import { InvalidInput } from "#server/lib/errors.ts";

/** The business date in the path. @throws {InvalidInput} */
export function dateParam(params: Readonly<Record<string, string>>): string {
  const date = businessDate.safeParse(params.date);
  if (!date.success) throw new InvalidInput("The business date is written yyyy-mm-dd.");
  return date.data;
}
