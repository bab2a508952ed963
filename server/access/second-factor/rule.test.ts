import { expect, test } from "vitest";
import { ROLES } from "../can.ts";
import { asksSecondFactor, factorOfSession, SECOND_FACTOR_RULES, secondFactorRule } from "./rule.ts";

test("administrators have one unless something else is configured; in a demo nobody needs one", () => {
  expect(secondFactorRule({ DEMO: false })).toBe("administrators");
  expect(secondFactorRule({ DEMO: true })).toBe("none");
  for (const rule of SECOND_FACTOR_RULES) {
    for (const DEMO of [true, false])
      expect(secondFactorRule({ DEMO, REQUIRE_SECOND_FACTOR: rule })).toBe(rule);
  }
});

test.each(ROLES)("%s: who is asked for one", (role) => {
  const asked = SECOND_FACTOR_RULES.filter((rule) => asksSecondFactor(rule, role));
  expect(asked).toEqual(role === "administrator" ? ["administrators", "all"] : ["all"]);
});

test.each([
  [{ isGiven: true, isEnrolled: true }, "given", "given"],
  [{ isGiven: false, isEnrolled: true }, "needed", "needed"],
  [{ isGiven: false, isEnrolled: false }, "needed", "none"],
] as const)("a session with %j", (state, administrators, managers) => {
  expect(factorOfSession("administrators", "administrator", state)).toBe(administrators);
  expect(factorOfSession("administrators", "manager", state)).toBe(managers);
});
