import { describe, expect, test } from "vitest";
import type { PremiumChangeEvent } from "#server/contracts/events.ts";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import type { AlertRules } from "./alert-rules.ts";
import {
  applyPremiumChange,
  type Baseline,
  type CaseView,
  eventIdentity,
  type KeyUserState,
  premiumAtRisk,
} from "./premium-changes.ts";

/** The step rule alone: nothing is below an anchor by more than all of it. */
const RULE: AlertRules = { version: 1, stepBasisPoints: 1_500n, cumulativeBasisPoints: 10_000n };
const BOTH: AlertRules = { ...RULE, cumulativeBasisPoints: 1_500n };

const listed = (premium: string, given: Partial<Baseline> = {}): KeyUserState => ({
  baseline: {
    rawPremium: fen(premium),
    rawInfo: null,
    asOf: null,
    byEvent: false,
    ...given,
  },
  lastEvent: null,
  anchor: fen(premium),
  case: null,
});

const run = (start: KeyUserState, ...amounts: string[]) => runBy(RULE, start, ...amounts);

/** Applies amounts a second apart; answers the state in the end and what each did. */
function runBy(rules: AlertRules, start: KeyUserState, ...amounts: string[]) {
  let state = start;
  const steps = amounts.map((amount, index) => {
    const event = premiumChange({
      nowPremium: fen(amount),
      gmtModified: at("11-22 10:00") + index * 1000,
    });
    const verdict = applyPremiumChange(event, state, rules);
    state = verdict.next ?? state;
    return { alert: verdict.alert?.dropPercent ?? null, step: verdict.caseStep?.type ?? null };
  });
  return { state, steps };
}

describe("the worked example of the premium rules", () => {
  test("850 does not alert, 722.49 does with 15.0012 %, 900 recovers, an older 100 is superseded", () => {
    const { state, steps } = run(listed("1000"), "850.00", "722.49", "900");
    expect(steps).toEqual([
      { alert: null, step: null },
      { alert: "15.0012", step: "opened" },
      { alert: null, step: "recovered" },
    ]);
    expect(state.baseline.rawPremium).toBe(fen("900"));
    const older = premiumChange({ nowPremium: fen("100"), gmtModified: at("11-22 10:00") - 8000 });
    expect(applyPremiumChange(older, state, RULE)).toMatchObject({ disposition: "superseded", next: null });
  });
});

describe("K2: who counts", () => {
  test("a user who is not on the list is counted and left alone", () => {
    const verdict = applyPremiumChange(premiumChange(), undefined, RULE);
    expect(verdict).toEqual({ disposition: "not_key_user", next: null, alert: null, caseStep: null });
  });
});

describe("K3: order", () => {
  const current: PremiumChangeEvent = premiumChange({
    openId: "m",
    nowPremium: fen("100"),
    nowInfo: "m",
  });
  const after = applyPremiumChange(current, listed("100"), RULE).next;

  const disposition = (change: Partial<PremiumChangeEvent>) =>
    applyPremiumChange({ ...current, ...change }, after ?? undefined, RULE).disposition;

  test.each([
    ["a later time", { gmtModified: current.gmtModified + 1, openId: "a" }, "applied"],
    ["an earlier time", { gmtModified: current.gmtModified - 1, openId: "z" }, "superseded"],
    ["at one time a greater open_id", { openId: "n", nowPremium: 0n }, "applied"],
    ["a lower open_id", { openId: "l" }, "superseded"],
    ["no open_id", { openId: null }, "superseded"],
    ["then a greater amount, as a number", { nowPremium: fen("101") }, "applied"],
    ["a lower amount", { nowPremium: fen("99") }, "superseded"],
    ["then a greater info", { nowInfo: "n" }, "applied"],
    ["no info", { nowInfo: null }, "superseded"],
    ["the very same event", {}, "duplicate"],
    ["the same event by another channel", { channel: "other", modifier: "x" }, "duplicate"],
  ] as const)("%s: %#", (_, change, expected) => {
    expect(disposition(change)).toBe(expected);
  });

  test("a baseline from the beginning of time is below every event", () => {
    const ancient = premiumChange({ gmtModified: Date.parse("2000-01-01T00:00:00Z") });
    expect(applyPremiumChange(ancient, listed("1"), RULE).disposition).toBe("applied");
  });

  test("a person's edit stands at its own time: older events neither alert nor write", () => {
    const edited = listed("1000", { asOf: at("11-22 12:00") });
    const older = premiumChange({ gmtModified: at("11-22 11:59"), nowPremium: 0n });
    expect(applyPremiumChange(older, edited, RULE).disposition).toBe("superseded");
    const newer = premiumChange({ gmtModified: at("11-22 12:01"), nowPremium: 0n });
    expect(applyPremiumChange(newer, edited, RULE).alert?.dropPercent).toBe("100.0000");
  });
});

describe("K4: the step rule", () => {
  test.each([
    ["1000.00", "850.00", false],
    ["1000.00", "849.99", true],
    ["0.01", "0.00", true],
    ["0.00", "0.00", false],
    ["0.07", "0.06", false],
    ["0.07", "0.05", true],
    ["9999999999999999.99", "8499999999999999.99", true],
    ["9999999999999999.99", "8500000000000000.00", false],
    ["100", "900", false],
  ])("from %s to %s alerts: %s", (baseline, now, alerts) => {
    const verdict = applyPremiumChange(premiumChange({ nowPremium: fen(now) }), listed(baseline), RULE);
    expect(verdict.alert !== null).toBe(alerts);
  });

  test("the threshold is the setting's", () => {
    const event = premiumChange({ nowPremium: fen("89.99") });
    expect(applyPremiumChange(event, listed("100"), RULE).alert).toBeNull();
    expect(
      applyPremiumChange(event, listed("100"), { ...RULE, stepBasisPoints: 1_000n }).alert?.dropPercent,
    ).toBe("10.0100");
  });

  test("percentages are rounded half up to four decimals", () => {
    expect(run(listed("3"), "1").steps[0]?.alert).toBe("66.6667");
    expect(run(listed("3"), "2").steps[0]?.alert).toBe("33.3333");
  });
});

describe("K5: the cumulative rule", () => {
  const rulesOf = (start: KeyUserState, ...amounts: string[]) => {
    let state = start;
    return amounts.map((amount, index) => {
      const gmtModified = at("11-22 10:00") + index * 1000;
      const verdict = applyPremiumChange(
        premiumChange({ nowPremium: fen(amount), gmtModified }),
        state,
        BOTH,
      );
      state = verdict.next ?? state;
      return verdict.alert?.rules.join(" ") ?? "";
    });
  };

  test.each([
    ["creeping down fires at each new low", ["100", "90", "81", "73"], ["", "", "cumulative", "cumulative"]],
    ["exactly the threshold does not", ["1000", "900", "850"], ["", "", ""]],
    ["one event that fires both makes one occurrence", ["100", "84.99"], ["", "step cumulative"]],
    ["not below what stands in the case already", ["100", "80", "95", "81"], ["", "step cumulative", "", ""]],
    ["the step rule asks for no new low", ["100", "50", "95", "80"], ["", "step cumulative", "", "step"]],
    ["a rise raises the anchor", ["100", "200", "185", "169.99"], ["", "", "", "cumulative"]],
    ["an anchor of nothing never fires", ["0", "0.00"], ["", ""]],
  ])("%s", (_, [listing, ...amounts], [, ...expected]) => {
    expect(rulesOf(listed(listing ?? ""), ...amounts)).toEqual(expected);
  });

  test("the worked example: 850 stands on the threshold, 722.49 fires both, 900 recovers", () => {
    const { state, steps } = runBy(BOTH, listed("1000"), "850.00", "722.49");
    expect(steps.map(({ step }) => step)).toEqual([null, "opened"]);
    expect(state.case && premiumAtRisk(state.case)).toBe(fen("277.51"));
    expect(runBy(BOTH, listed("1000"), "850.00", "722.49", "900").steps[2]?.step).toBe("recovered");
  });

  test("a case of the cumulative rule alone recovers above its anchor, not above the last small step", () => {
    const start = listed("100");
    expect(runBy(BOTH, start, "90", "81", "91").steps[2]?.step).toBe("amountMoved");
    expect(runBy(BOTH, start, "90", "81", "100.01").steps[2]?.step).toBe("recovered");
  });

  test("after a case was closed, the rule starts anew from the baseline that stands", () => {
    const { state } = runBy(BOTH, listed("100"), "90", "81");
    const closed = {
      ...state,
      anchor: state.baseline.rawPremium,
      case: state.case && { ...state.case, open: false },
    };
    const event = (amount: string) =>
      premiumChange({ nowPremium: fen(amount), gmtModified: at("11-22 11:00") });
    expect(applyPremiumChange(event("75"), closed, BOTH).alert).toBeNull();
    expect(applyPremiumChange(event("68"), closed, BOTH)).toMatchObject({
      alert: { rules: ["step", "cumulative"], anchor: fen("81") },
      caseStep: { type: "regressed" },
    });
  });

  test("an alert of a customer who once recovered or fell deeper than ever is an escalation", () => {
    const stepOf = (...amounts: string[]) => {
      let state = listed("1000");
      let step = null;
      for (const [index, amount] of amounts.entries()) {
        const gmtModified = at("11-22 10:00") + index;
        const verdict = applyPremiumChange(
          premiumChange({ nowPremium: fen(amount), gmtModified }),
          state,
          BOTH,
        );
        state = verdict.next ?? state;
        step = verdict.caseStep;
      }
      return step;
    };
    expect(stepOf("800", "600")).toEqual({ type: "joined", escalated: true });
    expect(stepOf("500", "990", "600")).toEqual({ type: "joined", escalated: false });
    expect(stepOf("500", "1500", "900")).toEqual({ type: "joined", escalated: true });
  });
});

describe("K6: write-back", () => {
  test("each event in order becomes the baseline, alert or not, rise or fall, info included", () => {
    const event = premiumChange({ nowPremium: fen("2000"), nowInfo: null, openId: null });
    const next = applyPremiumChange(event, listed("1000", { rawInfo: "old" }), RULE).next;
    expect(next?.baseline).toEqual({
      rawPremium: fen("2000"),
      rawInfo: null,
      asOf: event.gmtModified,
      byEvent: true,
    });
    expect(next?.lastEvent).toMatchObject({ gmtModified: event.gmtModified, openId: null, nowInfo: null });
  });
});

describe("K7: identity of an occurrence", () => {
  test("follows the columns of rule K3 and nothing else", () => {
    const event = premiumChange();
    expect(eventIdentity({ ...event, channel: "x", modifier: "y" })).toBe(eventIdentity(event));
    for (const change of [{ userId: "8" }, { openId: null }, { nowPremium: 1n }, { nowInfo: "" }]) {
      expect(eventIdentity({ ...event, ...change })).not.toBe(eventIdentity(event));
    }
  });
});

describe("K8: cases", () => {
  const withCase = (given: Partial<CaseView>): KeyUserState => ({
    ...listed("1000"),
    case: {
      open: true,
      mark: null,
      baselineBefore: fen("1000"),
      anchor: fen("1000"),
      lowest: null,
      amountNow: fen("1000"),
      ...given,
    },
  });

  test("the first occurrence opens a case, further ones join it", () => {
    const { state, steps } = run(listed("1000"), "800", "600", "400");
    expect(steps.map(({ step }) => step)).toEqual(["opened", "joined", "joined"]);
    expect(state.case).toEqual({
      open: true,
      mark: null,
      baselineBefore: fen("1000"),
      anchor: fen("1000"),
      lowest: fen("400"),
      amountNow: fen("400"),
    });
    expect(state.case && premiumAtRisk(state.case)).toBe(fen("600"));
  });

  test("a rise to the amount before the drop recovers, to the fen; a fen less does not (K8)", () => {
    expect(run(listed("1000"), "800", "999.99").steps[1]?.step).toBe("amountMoved");
    expect(run(listed("1000"), "800", "1000").steps[1]?.step).toBe("recovered");
    expect(run(listed("1000"), "800", "1000.01").steps[1]?.step).toBe("recovered");
  });

  test("nothing is at risk in a recovered case", () => {
    const { state } = run(listed("1000"), "800", "1500");
    expect(state.case && premiumAtRisk(state.case)).toBe(0n);
  });

  test("a drop after recovery clears the mark and raises the amount before", () => {
    const { state, steps } = run(listed("1000"), "800", "1500", "1200");
    expect(steps[2]?.step).toBe("joined");
    expect(state.case).toMatchObject({ mark: null, baselineBefore: fen("1500"), amountNow: fen("1200") });
  });

  test("a small fall after recovery leaves the mark", () => {
    const { state, steps } = run(listed("1000"), "800", "1500", "1400");
    expect(steps[2]?.step).toBe("amountMoved");
    expect(state.case?.mark).toBe("recovered");
  });

  test("a drop after closing reopens the case as regressed, measured from that drop", () => {
    const { state, steps } = run(withCase({ open: false, baselineBefore: fen("5000") }), "800");
    expect(steps[0]?.step).toBe("regressed");
    expect(state.case).toEqual({
      open: true,
      mark: "regressed",
      baselineBefore: fen("1000"),
      anchor: fen("1000"),
      lowest: fen("800"),
      amountNow: fen("800"),
    });
  });

  test("a joining drop leaves a case regressed", () => {
    const { state } = run(withCase({ mark: "regressed" }), "800");
    expect(state.case?.mark).toBe("regressed");
  });

  test("a move without an alert leaves a closed case alone", () => {
    const { state, steps } = run(withCase({ open: false }), "990");
    expect(steps[0]?.step).toBeNull();
    expect(state.case?.amountNow).toBe(fen("1000"));
  });
});
