import { compareParts, decimal, hundredths, type Part } from "./exact.ts";

type Line = Readonly<Record<string, unknown>>;

/** id, gmt_modified, baseline before, amount now, info before, info now. */
export type OccurrenceRow = readonly [string, number, string, string, string | null, string | null];
/** id, raw_premium, raw_info. */
export type KeyUserRow = readonly [string, string, string | null];

interface Baseline {
  /** Every baseline since listing (K5). */
  history: bigint[];
  amount: bigint;
  info: string | null;
  /** Place in the order of rule K3; null: since the beginning of time. */
  place: Part[] | null;
}

/** An alert by its user and time, and the rules that fired. */
export type AlertRow = readonly [string, number, string, string];

interface CaseState {
  /** Greatest baseline before a drop since the case opened. */
  before: bigint;
  mark: "recovered" | null;
  /** Every amount that stands as an occurrence in the case. */
  amounts: bigint[];
}

export interface PremiumTables {
  /** Those of the step rule (K4), as the recorded tables hold them. */
  readonly occurrences: OccurrenceRow[];
  /** Those of both rules: user, event time, amount now, names of the rules. */
  readonly alerts: AlertRow[];
  readonly keyUsers: KeyUserRow[];
  /** State of each user's open case: what the stream alone makes of it. */
  readonly cases: Map<string, "new" | "recovered">;
  readonly dispositions: Record<"applied" | "superseded" | "duplicate" | "not_key_user", number>;
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const idOf = (line: Line): string => BigInt(String(line.id)).toString();

function listing(line: Line): Baseline {
  const amount = hundredths(line.raw_premium) ?? 0n;
  return { amount, info: textOf(line.raw_info), place: null, history: [amount] };
}

function highest(amounts: readonly bigint[]): bigint {
  let found = 0n;
  for (const amount of amounts) if (amount > found) found = amount;
  return found;
}

/** Rules K2–K6 and K8 over lines in order of arrival, without any act of a person in between. */
export function premiumTables(
  keyUsers: readonly Line[],
  lines: readonly Line[],
  thresholdPercent = 15n,
  cumulativePercent = 15n,
): PremiumTables {
  const list = new Map<string, Baseline>(keyUsers.map((line) => [idOf(line), listing(line)]));
  const open = new Map<string, CaseState>();
  const occurrences: OccurrenceRow[] = [];
  const alerts: AlertRow[] = [];
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
    const known = open.get(id);
    const anchor = highest(standing.history);
    const isStep = now * 100n < standing.amount * (100n - thresholdPercent);
    const isCumulative =
      now * 100n < anchor * (100n - cumulativePercent) &&
      (known?.amounts ?? []).every((amount) => now < amount);
    if (isStep) {
      occurrences.push([
        id,
        Number(line.gmt_modified),
        decimal(standing.amount),
        decimal(now),
        standing.info,
        info,
      ]);
    }
    if (isStep || isCumulative) {
      const rules = [isStep ? "step" : "", isCumulative ? "cumulative" : ""].join(" ").trim();
      alerts.push([id, Number(line.gmt_modified), decimal(now), rules]);
      const fallFrom = isStep ? standing.amount : anchor;
      const before = known && known.before > fallFrom ? known.before : fallFrom;
      open.set(id, { before, mark: null, amounts: [...(known?.amounts ?? []), now] });
    } else if (known && now > known.before) {
      known.mark = "recovered";
    }
    list.set(id, { amount: now, info, place, history: [...standing.history, now] });
  }
  return {
    occurrences,
    alerts,
    keyUsers: [...list].map(([id, { amount, info }]) => [id, decimal(amount), info]),
    cases: new Map([...open].map(([id, { mark }]) => [id, mark ?? "new"])),
    dispositions,
  };
}
