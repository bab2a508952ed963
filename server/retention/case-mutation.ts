import type { Prisma } from "#prisma/client/client.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { premiumAtRisk } from "../streams/premium-changes/operator/premium-changes.ts";
import type { LockedCase } from "./lock-case.ts";

/** What an act does to a case. */
export interface CaseMutation {
  readonly columns: Prisma.RetentionCaseUpdateInput;
  /** What the timeline says beside the act's own entry. */
  readonly body?: Record<string, string>;
  /** A remark that decides something all the same: it raises the version. */
  readonly decides?: true;
  /** The customer's anchor starts anew from the baseline that stands (rule K5). */
  readonly resetsAnchor?: true;
}

/** The amounts of a case that is open from now on: a closed one is left alone by the stream, so the customer's may have moved since. */
export function amountsOfToday(
  current: LockedCase,
  mark: LockedCase["mark"] = null,
): { amountNow: string; premiumAtRisk: string } {
  const newest = current.triage === "closed" ? current.newest_amount : current.amount_now;
  const amountNow = parseFen(newest) ?? 0n;
  const anchor = parseFen(current.anchor) ?? 0n;
  const atRisk = premiumAtRisk({ anchor, amountNow, mark });
  return { amountNow: formatFen(amountNow), premiumAtRisk: formatFen(atRisk) };
}
