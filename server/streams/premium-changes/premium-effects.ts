import { createHash } from "node:crypto";
import type { IngestBatch } from "#server/contracts/batch.ts";
import type { PremiumChangeEvent } from "#server/contracts/events.ts";
import { formatFen } from "#server/contracts/money.ts";
import type { AcceptedDisposition } from "#server/contracts/streams.ts";
import type { AlertRules } from "./operator/alert-rules.ts";
import {
  applyPremiumChange,
  eventIdentity,
  type KeyUserState,
  type PremiumVerdict,
  premiumAtRisk,
} from "./operator/premium-changes.ts";
import type { BaselineMove } from "./tables/baselines.ts";
import type { CaseWrite, OccurrenceWrite, StreamEntry } from "./tables/cases.ts";
import type { LockedKeyUser } from "./tables/key-user-state.ts";
import type { NoticeWrite } from "./tables/outbox.ts";

/** What happened to a user's case within the group, beyond its newest state. */
interface CaseTouch {
  newOccurrences: number;
  reopened: boolean;
  openedAt: number;
}

/**
 * Applies premium changes to the locked key users of one transaction and collects what is to be written. The newest
 * state of each user is written once, however many events moved it.
 */
export class PremiumEffects {
  readonly moves: BaselineMove[] = [];
  readonly occurrences: OccurrenceWrite[] = [];
  readonly timeline: StreamEntry[] = [];
  readonly notices: NoticeWrite[] = [];
  readonly #states = new Map<string, KeyUserState>();
  readonly #caseIds = new Map<string, string>();
  readonly #touches = new Map<string, CaseTouch>();
  readonly #rules: AlertRules;

  constructor(locked: readonly LockedKeyUser[], rules: AlertRules) {
    this.#rules = rules;
    for (const user of locked) {
      this.#states.set(user.userId, stateOf(user));
      if (user.case) this.#caseIds.set(user.userId, user.case.id);
    }
  }

  apply(
    event: PremiumChangeEvent,
    seq: bigint,
    { acceptedAt, eventClock }: Pick<IngestBatch, "acceptedAt" | "eventClock">,
  ): AcceptedDisposition {
    const state = this.#states.get(event.userId);
    const verdict = applyPremiumChange(event, state, this.#rules);
    if (!state || !verdict.next) return verdict.disposition;
    this.#states.set(event.userId, verdict.next);
    this.moves.push({
      userId: event.userId,
      eventTime: event.gmtModified,
      openId: event.openId,
      premiumBefore: state.baseline.rawPremium,
      premiumAfter: event.nowPremium,
      infoBefore: state.baseline.rawInfo,
      infoAfter: event.nowInfo,
      anchorAfter: verdict.next.anchor,
      seq,
    });
    this.#noteCase(event, verdict, acceptedAt);
    if (verdict.alert) {
      const occurrence = this.#occurrence(event, verdict.alert, seq, acceptedAt);
      this.occurrences.push(occurrence);
      // A past that is replayed by its own clock has its cases and its evidence, and wakes nobody.
      if (!eventClock) this.#notify(occurrence, verdict);
    }
    return verdict.disposition;
  }

  /** Rule K9: who works on cases is told of a new or regressed one, and of one that got worse. */
  #notify(occurrence: OccurrenceWrite, { caseStep, next }: PremiumVerdict): void {
    const kind = noticeKind(caseStep);
    if (kind === null || !next?.case) return;
    const { id: occurrenceId, ...evidence } = occurrence;
    this.notices.push({ ...evidence, kind, occurrenceId, premiumAtRisk: premiumAtRisk(next.case) });
  }

  /** Cases in their newest state, by user id so that locks and inserts have one order. */
  cases(): CaseWrite[] {
    const writes = [...this.#touches].map(([userId, touch]) => this.#caseWrite(userId, touch));
    return writes.sort((a, b) => (BigInt(a.userId) < BigInt(b.userId) ? -1 : 1));
  }

  #caseWrite(userId: string, touch: CaseTouch): CaseWrite {
    const view = this.#states.get(userId)?.case;
    if (!view) throw new Error("a touched case has a state");
    return {
      id: this.#caseIds.get(userId) ?? null,
      userId,
      mark: view.mark,
      baselineBefore: view.baselineBefore,
      anchor: view.anchor,
      lowestAmount: view.lowest,
      amountNow: view.amountNow,
      premiumAtRisk: premiumAtRisk(view),
      newOccurrences: touch.newOccurrences,
      reopened: touch.reopened,
      openedAt: new Date(touch.openedAt),
    };
  }

  #noteCase(event: PremiumChangeEvent, verdict: PremiumVerdict, acceptedAt: number): void {
    const step = verdict.caseStep;
    if (!step) return;
    const touch = this.#touches.get(event.userId) ?? {
      newOccurrences: 0,
      reopened: false,
      openedAt: acceptedAt,
    };
    if (verdict.alert) touch.newOccurrences += 1;
    if (step.type === "regressed") touch.reopened = true;
    this.#touches.set(event.userId, touch);
    if (step.type === "amountMoved") return;
    const body: Record<string, string> = { amountNow: formatFen(event.nowPremium) };
    if (verdict.alert) {
      body.baselineBefore = formatFen(verdict.alert.baselineBefore);
      body.anchor = formatFen(verdict.alert.anchor);
      body.dropPercent = verdict.alert.dropPercent;
      body.rules = verdict.alert.rules.join(" ");
    }
    this.timeline.push({ userId: event.userId, kind: step.type, at: new Date(acceptedAt), body });
  }

  #occurrence(
    event: PremiumChangeEvent,
    alert: NonNullable<PremiumVerdict["alert"]>,
    seq: bigint,
    detectedAt: number,
  ): OccurrenceWrite {
    return {
      id: createHash("sha256").update(eventIdentity(event)).digest("hex").slice(0, 32),
      userId: event.userId,
      rules: alert.rules,
      ruleVersion: this.#rules.version,
      baselineBefore: alert.baselineBefore,
      anchor: alert.anchor,
      amountNow: event.nowPremium,
      dropPercent: alert.dropPercent,
      infoBefore: alert.infoBefore,
      infoNow: event.nowInfo,
      eventTime: event.gmtModified,
      openId: event.openId,
      detectedAt,
      seq,
    };
  }
}

function noticeKind(step: PremiumVerdict["caseStep"]): NoticeWrite["kind"] | null {
  if (step?.type === "opened" || step?.type === "regressed") return step.type;
  return step?.type === "joined" && step.escalated ? "escalated" : null;
}

function stateOf(user: LockedKeyUser): KeyUserState {
  return {
    baseline: {
      rawPremium: user.rawPremium,
      rawInfo: user.rawInfo,
      asOf: user.baselineAsOf,
      byEvent: user.asOfEvent,
    },
    lastEvent: user.lastEvent,
    anchor: user.anchor,
    case: user.case,
  };
}
