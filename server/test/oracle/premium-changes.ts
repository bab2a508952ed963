import { compareParts, decimal, hundredths, type Part } from "./exact.ts";

type Line = Readonly<Record<string, unknown>>;

/** id, gmt_modified, baseline before, amount now, info before, info now. */
export type OccurrenceRow = readonly [string, number, string, string, string | null, string | null];
/** id, raw_premium, raw_info. */
export type KeyUserRow = readonly [string, string, string | null];

interface Baseline {
  amount: bigint;
  info: string | null;
  /** Place in the order of rule K3; null: since the beginning of time. */
  place: Part[] | null;
}

interface CaseState {
  /** Greatest baseline before a drop since the case opened. */
  before: bigint;
  mark: "recovered" | null;
}

export interface PremiumTables {
  readonly occurrences: OccurrenceRow[];
  readonly keyUsers: KeyUserRow[];
  /** State of each user's open case: what the stream alone makes of it. */
  readonly cases: Map<string, "new" | "recovered">;
  readonly dispositions: Record<"applied" | "superseded" | "duplicate" | "not_key_user", number>;
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const idOf = (line: Line): string => BigInt(String(line.id)).toString();

/** Rules K2–K4, K6 and K8 over lines in order of arrival, without any act of a person in between. */
export function premiumTables(
  keyUsers: readonly Line[],
  lines: readonly Line[],
  thresholdPercent = 15n,
): PremiumTables {
  const list = new Map<string, Baseline>(
    keyUsers.map((line) => [
      idOf(line),
      { amount: hundredths(line.raw_premium) ?? 0n, info: textOf(line.raw_info), place: null },
    ]),
  );
  const open = new Map<string, CaseState>();
  const occurrences: OccurrenceRow[] = [];
  const dispositions = { applied: 0, superseded: 0, duplicate: 0, not_key_user: 0 };
  for (const line of lines) {
    const id = idOf(line);
    const standing = list.get(id);
    if (!standing) {
      dispositions.not_key_user += 1;
      continue;
    }
    const now = hundredths(line.now_premium) ?? 0n;
    const place: Part[] = [Number(line.gmt_modified), textOf(line.open_id), now, textOf(line.now_info)];
    const comparison = standing.place === null ? 1 : compareParts(place, standing.place);
    if (comparison <= 0) {
      dispositions[comparison === 0 ? "duplicate" : "superseded"] += 1;
      continue;
    }
    dispositions.applied += 1;
    const info = textOf(line.now_info);
    const fires = now * 100n < standing.amount * (100n - thresholdPercent);
    const known = open.get(id);
    if (fires) {
      occurrences.push([
        id,
        Number(line.gmt_modified),
        decimal(standing.amount),
        decimal(now),
        standing.info,
        info,
      ]);
      const before = known && known.before > standing.amount ? known.before : standing.amount;
      open.set(id, { before, mark: null });
    } else if (known && now > known.before) {
      known.mark = "recovered";
    }
    list.set(id, { amount: now, info, place });
  }
  return {
    occurrences,
    keyUsers: [...list].map(([id, { amount, info }]) => [id, decimal(amount), info]),
    cases: new Map([...open].map(([id, { mark }]) => [id, mark ?? "new"])),
    dispositions,
  };
}
