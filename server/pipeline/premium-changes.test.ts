import { describe, expect, test } from "vitest";
import type { PremiumChangeEvent } from "../contracts/events.ts";
import { at, fen, premiumChange } from "../test/events.ts";
import {
  applyPremiumChange,
  type Baseline,
  type CaseView,
  eventIdentity,
  type KeyUserState,
  premiumAtRisk,
} from "./premium-changes.ts";

const RULE = { version: 1, stepBasisPoints: 1500n };

const listed = (premium: string, given: Partial<Baseline> = {}): KeyUserState => ({
  baseline: {
    rawPremium: fen(premium),
    rawInfo: null,
    asOf: null,
    asOfOpenId: null,
    byEvent: false,
    ...given,
  },
  case: null,
});

/** Applies amounts a second apart; answers the state in the end and what each did. */
function run(start: KeyUserState, ...amounts: string[]) {
  let state = start;
  const steps = amounts.map((amount, index) => {
    const event = premiumChange({
      nowPremium: fen(amount),
      gmtModified: at("11-22 10:00") + index * 1000,
    });
    const verdict = applyPremiumChange(event, state, RULE);
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
  const standing: PremiumChangeEvent = premiumChange({
    openId: "m",
    nowPremium: fen("100"),
    nowInfo: "m",
  });
  const after = applyPremiumChange(standing, listed("100"), RULE).next;

  const disposition = (change: Partial<PremiumChangeEvent>) =>
    applyPremiumChange({ ...standing, ...change }, after ?? undefined, RULE).disposition;

  test.each([
    ["a later time", { gmtModified: standing.gmtModified + 1, openId: "a" }, "applied"],
    ["an earlier time", { gmtModified: standing.gmtModified - 1, openId: "z" }, "superseded"],
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
      applyPremiumChange(event, listed("100"), { version: 2, stepBasisPoints: 1000n }).alert?.dropPercent,
    ).toBe("10.0100");
  });

  test("percentages are rounded half up to four decimals", () => {
    expect(run(listed("3"), "1").steps[0]?.alert).toBe("66.6667");
    expect(run(listed("3"), "2").steps[0]?.alert).toBe("33.3333");
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
      asOfOpenId: null,
      byEvent: true,
    });
  });
});

describe("K7: identity of an occurrence", () => {
  test("follows the columns of K3 and nothing else", () => {
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
    case: { open: true, mark: null, baselineBefore: fen("1000"), amountNow: fen("1000"), ...given },
  });

  test("the first occurrence opens a case, further ones join it", () => {
    const { state, steps } = run(listed("1000"), "800", "600", "400");
    expect(steps.map(({ step }) => step)).toEqual(["opened", "joined", "joined"]);
    expect(state.case).toEqual({
      open: true,
      mark: null,
      baselineBefore: fen("1000"),
      amountNow: fen("400"),
    });
    expect(premiumAtRisk(state.case ?? { baselineBefore: 0n, amountNow: 0n })).toBe(fen("600"));
  });

  test("only a rise above the amount before the drop recovers; exactly back does not", () => {
    expect(run(listed("1000"), "800", "1000").steps[1]?.step).toBe("amountMoved");
    expect(run(listed("1000"), "800", "1000.01").steps[1]?.step).toBe("recovered");
  });

  test("nothing is at risk in a recovered case", () => {
    const { state } = run(listed("1000"), "800", "1500");
    expect(premiumAtRisk(state.case ?? { baselineBefore: 1n, amountNow: 0n })).toBe(0n);
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
