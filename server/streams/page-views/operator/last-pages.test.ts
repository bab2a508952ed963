import { describe, expect, test } from "vitest";
import type { PageViewEvent } from "#server/contracts/events.ts";
import { pageView } from "#testing/factories/events.ts";
import { applyPageView, type LastPageRow } from "./last-pages.ts";

/** Applies events of one account and device; answers the dispositions and the page that stands in the end. */
function run(...events: PageViewEvent[]) {
  let current: LastPageRow | undefined;
  const dispositions = events.map((event, index) => {
    const verdict = applyPageView(event, BigInt(index + 1), current);
    current = verdict.page ?? current;
    return verdict.disposition;
  });
  return { dispositions, current };
}

describe("last pages", () => {
  test("P1: without an account a visit is anonymous", () => {
    expect(run(pageView({ accountId: null }))).toEqual({
      dispositions: ["anonymous"],
      current: undefined,
    });
  });

  const base = pageView({ pageName: "M", pageType: "m" });
  test.each([
    ["a later visit", { logTime: base.logTime + 1, pageName: "A" }],
    ["at one time, the greater page name", { pageName: "N", pageType: "a" }],
    ["a page name beyond U+FFFF over one below, by bytes", { pageName: "\u{1F600}" }],
    ["then the greater page type", { pageType: "n" }],
  ])("P3: %s wins, whichever comes first", (_, change) => {
    const greater = { ...base, ...change };
    expect(run(base, greater, base, greater).dispositions).toEqual([
      "applied",
      "applied",
      "superseded",
      "duplicate",
    ]);
    expect(run(greater, base).dispositions).toEqual(["applied", "superseded"]);
    expect(run(base, greater).current).toMatchObject({ ...change, seq: 2n });
  });

  test("P3: null is lowest, and the row is replaced whole", () => {
    expect(run(base, { ...base, pageName: null }).dispositions[1]).toBe("superseded");
    const later = run(base, { ...base, logTime: base.logTime + 1, pageName: null, pageType: null });
    expect(later.current).toMatchObject({ pageName: null, pageType: null });
  });
});
