import type {
  CaseCounts,
  CaseDetail,
  CaseSummary,
  CasesPage,
  Occurrence,
  Owners,
  PremiumPoint,
  TimelineEntry,
} from "#server/contracts/api/retention.ts";
import type { BusinessCalendarTexts } from "#server/contracts/api/settings.ts";
import { CASE_STATES, TIMELINE_KINDS } from "#server/contracts/cases.ts";

const AT = "2026-11-22T02:00:00.000Z";
const WEI = { id: "wei", name: "Wei Chen" };

export const aCase = (given: Partial<CaseSummary> = {}): CaseSummary => ({
  id: "7",
  userId: "100200300",
  state: "new",
  version: 1,
  assignee: null,
  outcome: null,
  premiumAtRisk: "2775.10",
  baselineBefore: "10000.00",
  anchor: "11190.00",
  amountNow: "8414.90",
  dropPercent: "24.8",
  rules: ["step", "cumulative"],
  occurrenceCount: 1,
  openedAt: AT,
  updatedAt: AT,
  closedAt: null,
  customerName: "张*",
  customerTel: "138****1234",
  ...given,
});

/** One case in each state there is. */
export const casesOfEachState = (): CaseSummary[] =>
  CASE_STATES.map((state, index) =>
    aCase({
      id: String(index + 1),
      userId: String(100_200 + index),
      state,
      assignee: state === "new" ? null : WEI,
      outcome: state === "closed" ? "retained" : null,
      customerName: index % 3 === 2 ? null : "张*",
    }),
  );

export const aCasesPage = (items = casesOfEachState()): CasesPage => ({ items, nextCursor: null });

export const someOwners = (): Owners => ({ items: [WEI, { id: "lin", name: "Lin Wei" }] });

export const someCounts = (): CaseCounts => ({
  byState: { new: 3, claimed: 2, contacted: 1, snoozed: 1, recovered: 1, regressed: 1, closed: 12 },
  now: 7,
  open: 9,
});

const entry = (kind: TimelineEntry["kind"], index: number): TimelineEntry => ({
  id: String(index + 1),
  at: AT,
  actor: ["opened", "joined", "recovered", "regressed", "woken"].includes(kind) ? null : WEI,
  kind,
  body: {
    baselineBefore: "10000.00",
    amountNow: "8414.90",
    text: "Called, comes back on Monday.",
    until: "2026-11-25T02:00:00.000Z",
    outcome: "retained",
    act: "closed",
    result: "no_answer",
    field: "telephone",
    reason: "calling",
  },
});

export const anOccurrence = (given: Partial<Occurrence> = {}): Occurrence => ({
  id: "1",
  rules: ["step", "cumulative"],
  ruleVersion: 1,
  stepPercent: "15.00",
  cumulativePercent: "15.00",
  baselineBefore: "10000.00",
  anchor: "11190.00",
  amountNow: "8414.90",
  dropPercent: "15.8510",
  infoBefore: "Cancer 500k; Accident 100k",
  infoNow: "Cancer 300k",
  eventTime: AT,
  detectedAt: AT,
  seq: "41",
  ...given,
});

export const aCaseDetail = (given: Partial<CaseDetail> = {}): CaseDetail => ({
  ...aCase(),
  occurrences: [anOccurrence()],
  contact: { barred: null, reached: 1, limit: { times: 3, days: 7 } },
  timeline: TIMELINE_KINDS.map(entry),
  ...given,
});

export const aPremiumHistory = (): { readonly items: PremiumPoint[] } => ({
  items: ["11190.00", "10000.00", "8414.90"].map((amount, index) => ({
    at: `2026-11-${20 + index}T02:00:00.000Z`,
    amount,
    info: null,
    source: "stream",
  })),
});

export const theOffice = (): BusinessCalendarTexts => ({
  zone: "Asia/Shanghai",
  hours: "Mon-Fri 09:00-18:00",
  days: "",
});
