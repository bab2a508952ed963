import { expect, test } from "vitest";
import { REJECT_CODES } from "#server/contracts/events.ts";
import { LINE_FIELDS } from "#server/contracts/line-fields.ts";
import { STREAM_NAMES } from "#server/contracts/streams.ts";
import { deadLettersEn } from "./messages/dead-letters-en.ts";
import { deadLettersZh } from "./messages/dead-letters-zh.ts";
import {
  type DeadLetterChoice,
  deadLetterSearch,
  groupsOf,
  isNarrowed,
  reasonKey,
  replacedFields,
} from "./prepare-dead-letters.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const open: DeadLetterChoice = { state: "open", stream: "", code: "", field: null, since: "any" };

test.each<[Partial<DeadLetterChoice>, string, string]>([
  [{}, "state=open", "state=open"],
  [{ state: "all" }, "", ""],
  [
    { stream: "orders", code: "bad_amount", field: "account_payble" },
    "state=open&stream=orders&code=bad_amount&field=account_payble",
    "state=open",
  ],
  [{ code: "bad_json", field: "" }, "state=open&code=bad_json&field=", "state=open"],
  [
    { since: "hour" },
    "state=open&from=2026-11-22T11%3A00%3A00.000Z",
    "state=open&from=2026-11-22T11%3A00%3A00.000Z",
  ],
])("%j asks for %s", (change, deadLetters, groups) => {
  const choice = { ...open, ...change };
  expect(deadLetterSearch(choice, NOW, "dead-letters").toString()).toBe(deadLetters);
  expect(deadLetterSearch(choice, NOW, "reason-groups").toString()).toBe(groups);
});

test("every code has words with its field and without, every field a name, in both languages", () => {
  const fields = STREAM_NAMES.flatMap((stream) => LINE_FIELDS[stream].map(({ name }) => name));
  for (const { reasons, fields: names } of [deadLettersEn, deadLettersZh]) {
    for (const code of REJECT_CODES) {
      expect(reasons[reasonKey(code, "id")]).toBeTruthy();
      expect(reasons[reasonKey(code, null)]).toBeTruthy();
      if (code !== "bad_json") expect(reasonKey(code, "customer_name")).toBe(code);
    }
    expect(Object.keys(names).toSorted()).toEqual([...new Set(fields)].toSorted());
  }
  expect(reasonKey("bad_type", "id")).toBe("bad_type_id");
  expect(reasonKey("bad_type", null)).toBe("bad_type_line");
  expect(reasonKey("a_code_of_tomorrow", "id")).toBe("other");
});

test("only what a person changed travels", () => {
  const entry = { name: "x", shown: "1", isMasked: false, text: "1", isTaken: false };
  expect(replacedFields([entry])).toEqual({});
  expect(replacedFields([{ ...entry, text: "2" }])).toEqual({ x: "2" });
  expect(replacedFields([{ ...entry, text: "" }])).toEqual({ x: null });
  expect(replacedFields([{ ...entry, shown: null, text: "" }])).toEqual({});
  expect(replacedFields([{ ...entry, shown: "138 **** 5678", isMasked: true, text: "" }])).toEqual({});
  expect(replacedFields([{ ...entry, shown: "138 **** 5678", isMasked: true, text: "139" }])).toEqual({
    x: "139",
  });
  expect(replacedFields([{ ...entry, isMasked: true, text: "", isTaken: true }])).toEqual({ x: null });
});

test("a filter beside the open ones is said to be one", () => {
  expect(isNarrowed(open)).toBe(false);
  expect(isNarrowed({ ...open, since: "day" })).toBe(true);
  expect(isNarrowed({ ...open, field: "" })).toBe(true);
});

test("groups follow the chosen stream", () => {
  const groups = [{ stream: "orders" as const }, { stream: "page_views" as const }];
  expect(groupsOf(groups, "")).toEqual(groups);
  expect(groupsOf(groups, "orders")).toEqual([{ stream: "orders" }]);
});
