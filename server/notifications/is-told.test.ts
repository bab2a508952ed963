import { describe, expect, test } from "vitest";
import { aNotice } from "#testing/factories/notices.ts";
import type { ActNotice } from "./channel.ts";
import { isTold, type Receiver } from "./is-told.ts";

const lin: Receiver = {
  id: "lin",
  name: "Lin",
  email: "lin@example.test",
  role: "manager",
  segments: [],
  disabledAt: null,
  told: { alert: true, taken_over: true, proposal: true },
};
const anAct = (kind: ActNotice["kind"], given: Partial<ActNotice> = {}): ActNotice => ({
  key: "act_1",
  kind,
  caseId: null,
  actor: "he",
  subject: "person lin",
  address: null,
  createdAt: "2026-11-22T04:00:00.000Z",
  ...given,
});
const told = (notice: ActNotice | ReturnType<typeof aNotice>, person: Partial<Receiver> = {}, more = {}) =>
  isTold({ ...lin, ...person }, { notice, segment: null, proposalState: null, listed: [], ...more });

describe("an alert is told", () => {
  const alert = aNotice();
  test.each<[string, boolean, Partial<Receiver>, object]>([
    ["to a manager who chose it", true, {}, {}],
    ["not to one who has not", false, { told: {} }, {}],
    ["not to one who chose not to be", false, { told: { alert: false } }, {}],
    ["to an administrator", true, { role: "administrator" }, {}],
    ["not to a role that reads no cases", false, { role: "operations" }, {}],
    ["not to an auditor", false, { role: "auditor" }, {}],
    ["not to somebody without a role", false, { role: null }, {}],
    ["not to somebody disabled", false, { disabledAt: new Date(0) }, {}],
    ["not to the demo's people", false, { email: "lin@tidewatch.demo" }, {}],
    ["in one's scope", true, { segments: ["gold"] }, { segment: "gold" }],
    ["not beyond it", false, { segments: ["gold"] }, { segment: "silver" }],
    ["not of a customer of no segment, to one with a scope", false, { segments: ["gold"] }, {}],
    ["not twice to whom the e-mail channel tells all", false, {}, { listed: ["Lin@example.test"] }],
  ])("%s", (_, is, person, more) => {
    expect(told(alert, person, more)).toBe(is);
  });
});

describe("what was done is told", () => {
  test.each<[string, boolean, ActNotice, Partial<Receiver>, object]>([
    ["of one's account, unless one chose otherwise", true, anAct("person.reset"), { told: {} }, {}],
    ["not of it, if one did", false, anAct("person.reset"), { told: { sign_in: false } }, {}],
    ["of it to every role", true, anAct("session.sign-in"), { role: "auditor" }, {}],
    ["of one's case", true, anAct("retention.closed", { caseId: "3" }), {}, {}],
    [
      "not of one that left one's scope",
      false,
      anAct("retention.closed", { caseId: "3" }),
      { segments: ["a"] },
      {},
    ],
    ["of a proposal to administrators alone", false, anAct("proposal.make"), {}, { proposalState: "open" }],
    ["while it is open", true, anAct("proposal.make"), { role: "administrator" }, { proposalState: "open" }],
    [
      "not once it was decided",
      false,
      anAct("proposal.make"),
      { role: "administrator" },
      { proposalState: "refused" },
    ],
    [
      "of what became of it",
      true,
      anAct("proposal.refuse"),
      { role: "administrator" },
      { proposalState: "refused" },
    ],
  ])("%s", (_, is, notice, person, more) => {
    expect(told(notice, person, more)).toBe(is);
  });
});
