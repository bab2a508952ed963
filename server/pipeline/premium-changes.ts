import type { PremiumChangeEvent } from "../contracts/events.ts";
import { formatFen } from "../contracts/money.ts";
import type { AcceptedDisposition } from "../contracts/streams.ts";
import { compareFen, compareText } from "./compare.ts";

/** A key user's baseline and its place in the order of rule K3. */
export interface Baseline {
  readonly rawPremium: bigint;
  readonly rawInfo: string | null;
  /** Event time, ms; null: since the beginning of time. */
  readonly asOf: number | null;
  readonly asOfOpenId: string | null;
  /** An event set it (true) or a person did (false). */
  readonly byEvent: boolean;
}

/** What the stream knows of a case (rule K8); triage itself belongs to people. */
export interface CaseView {
  readonly open: boolean;
  readonly mark: "recovered" | "regressed" | null;
  /** Greatest baseline before a drop since the case was opened or reopened, fen. */
  readonly baselineBefore: bigint;
  /** Newest amount, fen. */
  readonly amountNow: bigint;
}

/** A user's open case, else the newest closed one, else nothing. */
export interface KeyUserState {
  readonly baseline: Baseline;
  readonly case: CaseView | null;
}

/** Rule K4 in its version. */
export interface StepRule {
  readonly version: number;
  /** Hundredths of a percent: 1500 is 15 %. */
  readonly stepBasisPoints: bigint;
}

/** What the stream does to a case. */
type CaseStep =
  | { readonly type: "opened" }
  | { readonly type: "joined" }
  | { readonly type: "regressed" }
  | { readonly type: "recovered" }
  /** An open case whose amount moved without an alert and without recovering. */
  | { readonly type: "amountMoved" };

interface Alert {
  readonly baselineBefore: bigint;
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
const WHOLE = 10_000n;

/** Rules K2–K4, K6 and K8 for one event. `state` is undefined when the user is not on the list. */
export function applyPremiumChange(
  event: PremiumChangeEvent,
  state: KeyUserState | undefined,
  rule: StepRule,
): PremiumVerdict {
  if (!state) return { disposition: "not_key_user", ...UNTOUCHED };
  const comparison = compareWithBaseline(event, state.baseline);
  if (comparison <= 0) return { disposition: comparison === 0 ? "duplicate" : "superseded", ...UNTOUCHED };
  const before = state.baseline;
  const alert = fires(event.nowPremium, before.rawPremium, rule)
    ? {
        baselineBefore: before.rawPremium,
        infoBefore: before.rawInfo,
        dropPercent: dropPercent(before.rawPremium, event.nowPremium),
      }
    : null;
  const { view, step } = nextCase(state.case, event.nowPremium, alert);
  const baseline: Baseline = {
    rawPremium: event.nowPremium,
    rawInfo: event.nowInfo,
    asOf: event.gmtModified,
    asOfOpenId: event.openId,
    byEvent: true,
  };
  return { disposition: "applied", next: { baseline, case: view }, alert, caseStep: step };
}

/** Rule K3. A person's baseline stands at its time with every column null, so an event of that very time is greater. */
function compareWithBaseline(event: PremiumChangeEvent, baseline: Baseline): number {
  if (baseline.asOf === null) return 1;
  if (event.gmtModified !== baseline.asOf) return event.gmtModified - baseline.asOf;
  if (!baseline.byEvent) return 1;
  return (
    compareText(event.openId, baseline.asOfOpenId) ||
    compareFen(event.nowPremium, baseline.rawPremium) ||
    compareText(event.nowInfo, baseline.rawInfo)
  );
}

/** Rule K4, exactly: a drop of just the threshold does not fire; a baseline of 0 never does. */
function fires(now: bigint, baseline: bigint, rule: StepRule): boolean {
  return now * WHOLE < baseline * (WHOLE - rule.stepBasisPoints);
}

/** Percent with four decimals, rounded half up; the baseline is above zero wherever an alert fires. */
function dropPercent(baseline: bigint, now: bigint): string {
  const tenThousandths = ((baseline - now) * 2_000_000n + baseline) / (baseline * 2n);
  const digits = tenThousandths.toString().padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function nextCase(
  view: CaseView | null,
  now: bigint,
  alert: Alert | null,
): { view: CaseView | null; step: CaseStep | null } {
  if (alert) {
    if (view?.open) {
      const baselineBefore = greater(alert.baselineBefore, view.baselineBefore);
      const mark = view.mark === "recovered" ? null : view.mark;
      return { view: { open: true, mark, baselineBefore, amountNow: now }, step: { type: "joined" } };
    }
    const fresh = { open: true, baselineBefore: alert.baselineBefore, amountNow: now } as const;
    return view
      ? { view: { ...fresh, mark: "regressed" }, step: { type: "regressed" } }
      : { view: { ...fresh, mark: null }, step: { type: "opened" } };
  }
  if (!view?.open) return { view, step: null };
  if (now > view.baselineBefore && view.mark !== "recovered") {
    return { view: { ...view, mark: "recovered", amountNow: now }, step: { type: "recovered" } };
  }
  return { view: { ...view, amountNow: now }, step: { type: "amountMoved" } };
}

const greater = (a: bigint, b: bigint): bigint => (compareFen(a, b) > 0 ? a : b);

/** What is at stake in a case, fen, never below zero. */
export function premiumAtRisk(view: Pick<CaseView, "baselineBefore" | "amountNow">): bigint {
  return view.baselineBefore > view.amountNow ? view.baselineBefore - view.amountNow : 0n;
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
