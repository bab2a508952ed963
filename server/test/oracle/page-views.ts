import { compareParts, type Part } from "./exact.ts";

type Line = Readonly<Record<string, unknown>>;

/** account_id, device_id, bury_point_type, page_name. */
export type LastPageRow = readonly [string, string, string | null, string | null];

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** Rule P3, with C2's seconds. */
function keyOf(line: Line): Part[] {
  const time = Number(line.log_time);
  return [time < 1e11 ? time * 1000 : time, textOf(line.page_name), textOf(line.bury_point_type)];
}

/** Rules P1–P3 over all lines at once. */
export function lastPagesTable(lines: readonly Line[]): LastPageRow[] {
  const best = new Map<string, Line>();
  for (const line of lines) {
    const account = textOf(line.account_id);
    if (account === null || account.trim() === "") continue;
    const key = JSON.stringify([account, textOf(line.device_id) ?? ""]);
    const standing = best.get(key);
    if (!standing || compareParts(keyOf(line), keyOf(standing)) > 0) best.set(key, line);
  }
  return [...best].map(([key, line]) => {
    const [account, device] = JSON.parse(key) as [string, string];
    return [account, device, textOf(line.bury_point_type), textOf(line.page_name)];
  });
}
