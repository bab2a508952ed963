import { dropPercent } from "#server/contracts/drop-percent.ts";
import type { PremiumChangeEvent } from "#server/contracts/events.ts";
import { formatFen } from "#server/contracts/money.ts";
import type { AcceptedDisposition } from "#server/contracts/streams.ts";
import { compareFen, compareText } from "#server/streams/compare.ts";
import { type AlertRules, firingRules, type RuleName } from "./alert-rules.ts";

/** A key user's baseline and its place in the order of rule K3. */
export interface Baseline {
  readonly rawPremium: bigint;
  readonly rawInfo: string | null;
  /** Event time, ms; null: since the beginning of time. */
  readonly asOf: number | null;
  /** An event set it (true) or a person did (false). */
  readonly byEvent: boolean;
}

/** What places an event in the order of rule K3. */
export type EventPlace = Pick<PremiumChangeEvent, "gmtModified" | "openId" | "nowPremium" | "nowInfo">;

/** What the stream knows of a case (rule K8); triage itself belongs to people. */
export interface CaseView {
  readonly open: boolean;
  readonly mark: "recovered" | "regressed" | null;
  /** Amount before the drop: at it, or above, the customer has recovered. The greatest since the case was opened or reopened, fen. */
  readonly baselineBefore: bigint;
  /** What the premium at risk is measured from: the greatest anchor at a drop since then, fen. */
  readonly anchor: bigint;
  /** Least amount of an occurrence since then, fen; null: no occurrence yet. */
  readonly lowest: bigint | null;
  /** Newest amount, fen. */
  readonly amountNow: bigint;
}

/** A user's open case, else the newest closed one, else nothing. */
export interface KeyUserState {
  readonly baseline: Baseline;
  /** The greatest event applied so far, whatever people have done to the row since; null: none yet. */
  readonly lastEvent: EventPlace | null;
  /** Highest baseline since listing or since the last closed case (rule K5), fen; never below the baseline. */
  readonly anchor: bigint;
  readonly case: CaseView | null;
}

/** What the stream does to a case. */
type CaseStep =
  | { readonly type: "opened" }
  /** `escalated`: it is worse than anything that stood in the case. */
  | { readonly type: "joined"; readonly escalated: boolean }
  | { readonly type: "regressed" }
  | { readonly type: "recovered" }
  /** An open case whose amount moved without an alert and without recovering. */
  | { readonly type: "amountMoved" };

interface Alert {
  readonly rules: readonly RuleName[];
  readonly baselineBefore: bigint;
  readonly anchor: bigint;
  readonly infoBefore: string | null;
  /** Percent of the baseline, four decimals. */
  readonly dropPercent: string;
}

export interface PremiumVerdict {
  readonly disposition: AcceptedDisposition;
  /** null exactly when nothing is written. */
  readonly next: KeyUserState | null;
  readonly alert: Alert | null;
  readonly caseStep: CaseStep | null;
}

const UNTOUCHED = { next: null, alert: null, caseStep: null } as const;

/** Rules K2–K6 and K8 for one event. `state` is undefined when the user is not on the list. */
export function applyPremiumChange(
  event: PremiumChangeEvent,
  state: KeyUserState | undefined,
  rules: AlertRules,
): PremiumVerdict {
  if (!state) return { disposition: "not_key_user", ...UNTOUCHED };
  const comparison = compareWithCurrent(event, state);
  if (comparison <= 0) return { disposition: comparison === 0 ? "duplicate" : "superseded", ...UNTOUCHED };
  const alert = alertOf(event.nowPremium, state, rules);
  const { view, step } = nextCase(state.case, event.nowPremium, alert);
  const baseline: Baseline = {
    rawPremium: event.nowPremium,
    rawInfo: event.nowInfo,
    asOf: event.gmtModified,
    byEvent: true,
  };
  const anchor = greater(state.anchor, event.nowPremium);
  const next: KeyUserState = { baseline, lastEvent: event, anchor, case: view };
  return { disposition: "applied", next, alert, caseStep: step };
}

function alertOf(
  now: bigint,
  { baseline, anchor, case: view }: KeyUserState,
  rules: AlertRules,
): Alert | null {
  const { rawPremium, rawInfo } = baseline;
  const lowest = view?.open ? view.lowest : null;
  const firing = firingRules({ now, baseline: rawPremium, anchor, lowest }, rules);
  if (firing.length === 0) return null;
  return {
    rules: firing,
    baselineBefore: rawPremium,
    anchor,
    infoBefore: rawInfo,
    dropPercent: dropPercent(rawPremium, now),
  };
}

/**
 * Rule K3: the event must be greater than what set the baseline, and than every event before. A person who edits the row,
 * perhaps with a clock that is behind, must not let a repeated event in again (rule C9).
 */
function compareWithCurrent(event: PremiumChangeEvent, { baseline, lastEvent }: KeyUserState): number {
  const withEvent = lastEvent === null ? 1 : comparePlaces(event, lastEvent);
  return Math.min(withEvent, baseline.byEvent ? 1 : compareWithPerson(event, baseline));
}

function comparePlaces(a: EventPlace, b: EventPlace): number {
  return (
    a.gmtModified - b.gmtModified ||
    compareText(a.openId, b.openId) ||
    compareFen(a.nowPremium, b.nowPremium) ||
    compareText(a.nowInfo, b.nowInfo)
  );
}

/** A person's baseline stands at its time with every column null, so an event of that very time is greater. */
function compareWithPerson(event: PremiumChangeEvent, { asOf }: Baseline): number {
  return asOf === null ? 1 : event.gmtModified - asOf || 1;
}

function nextCase(
  view: CaseView | null,
  now: bigint,
  alert: Alert | null,
): { view: CaseView | null; step: CaseStep | null } {
  if (alert) return view?.open ? joined(view, now, alert) : opened(view, now, alert);
  if (!view?.open) return { view, step: null };
  if (now >= view.baselineBefore && view.mark !== "recovered") {
    return { view: { ...view, mark: "recovered", amountNow: now }, step: { type: "recovered" } };
  }
  return { view: { ...view, amountNow: now }, step: { type: "amountMoved" } };
}

/**
 * What a rise must reach to count as recovery: where the drop began. The step rule saw it begin at the baseline; when
 * only the cumulative rule fires, it began at the anchor.
 */
const dropBeganAt = (alert: Alert): bigint =>
  alert.rules.includes("step") ? alert.baselineBefore : alert.anchor;

function joined(view: CaseView, now: bigint, alert: Alert): { view: CaseView; step: CaseStep } {
  const isLowest = view.lowest === null || now < view.lowest;
  const isRecovered = view.mark === "recovered";
  const next: CaseView = {
    open: true,
    mark: isRecovered ? null : view.mark,
    baselineBefore: greater(dropBeganAt(alert), view.baselineBefore),
    anchor: greater(alert.anchor, view.anchor),
    lowest: isLowest ? now : view.lowest,
    amountNow: now,
  };
  return { view: next, step: { type: "joined", escalated: isLowest || isRecovered } };
}

/** A first case, or a closed one that comes back. */
function opened(view: CaseView | null, now: bigint, alert: Alert): { view: CaseView; step: CaseStep } {
  const mark = view ? "regressed" : null;
  const fresh = { baselineBefore: dropBeganAt(alert), anchor: alert.anchor, lowest: now, amountNow: now };
  return { view: { open: true, mark, ...fresh }, step: { type: mark ?? "opened" } };
}

const greater = (a: bigint, b: bigint): bigint => (compareFen(a, b) > 0 ? a : b);

/** What is at stake in a case, from its anchor, fen; never below zero, and nothing once the customer has recovered. */
export function premiumAtRisk(view: Pick<CaseView, "anchor" | "amountNow" | "mark">): bigint {
  if (view.mark === "recovered" || view.anchor <= view.amountNow) return 0n;
  return view.anchor - view.amountNow;
}

/** Text that tells two events of a user apart exactly when rule K3 does: the identity of an occurrence (K7). */
export function eventIdentity(event: PremiumChangeEvent): string {
  return JSON.stringify([
    event.userId,
    event.gmtModified,
    event.openId,
    formatFen(event.nowPremium),
    event.nowInfo,
  ]);
}
