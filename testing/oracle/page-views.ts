import { compareParts, type Part } from "./exact.ts";

/** A line of the stream page_views as it was sent, valid. */
export type PageLine = Readonly<Record<string, unknown>>;

/** account_id, device_id, bury_point_type, page_name. */
export type LastPageRow = readonly [string, string, string | null, string | null];

/** A blank text is none (C13). */
const textOf = (value: unknown): string | null =>
  value === null || value === undefined || String(value).trim() === "" ? null : String(value);

/** Rule P3, with C2's seconds. */
function keyOf(line: PageLine): Part[] {
  const time = Number(line.log_time);
  return [time < 1e11 ? time * 1000 : time, textOf(line.page_name), textOf(line.bury_point_type)];
}

const isAnonymous = (line: PageLine): boolean => (textOf(line.account_id) ?? "").trim() === "";
const visitorOf = (line: PageLine): string =>
  JSON.stringify([textOf(line.account_id), textOf(line.device_id) ?? ""]);

/** What becomes of a line after these others (rules P1, P3, C6). */
export function pageDisposition(
  line: PageLine,
  before: readonly PageLine[],
): "applied" | "superseded" | "duplicate" | "anonymous" {
  if (isAnonymous(line)) return "anonymous";
  const own = before.filter((other) => !isAnonymous(other) && visitorOf(other) === visitorOf(line));
  const comparisons = own.map((other) => compareParts(keyOf(line), keyOf(other)));
  if (comparisons.every((comparison) => comparison > 0)) return "applied";
  return comparisons.some((comparison) => comparison < 0) ? "superseded" : "duplicate";
}

/** Rules P1–P3 over all lines at once. */
export function lastPagesTable(lines: readonly PageLine[]): LastPageRow[] {
  const best = new Map<string, PageLine>();
  for (const line of lines) {
    if (isAnonymous(line)) continue;
    const key = visitorOf(line);
    const current = best.get(key);
    if (!current || compareParts(keyOf(line), keyOf(current)) > 0) best.set(key, line);
  }
  return [...best].map(([key, line]) => {
    const [account, device] = JSON.parse(key) as [string, string];
    return [account, device, textOf(line.bury_point_type), textOf(line.page_name)];
  });
}
