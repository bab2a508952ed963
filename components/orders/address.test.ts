import { expect, test } from "vitest";
import { type AskedAddress, readAddress } from "./address.ts";

const FACTS = { today: "2026-11-22", firstDay: "2026-11-01", remembered: "average" } as const;
const NOTHING: AskedAddress = { date: null, with: null, hour: null, revision: null };
const read = (asked: Partial<AskedAddress>) => readAddress({ ...NOTHING, ...asked }, FACTS);
const why = (asked: Partial<AskedAddress>) =>
  read(asked).mended.map(({ part, why: reason }) => `${part} ${reason}`);

test("an address that asks for nothing is today beside what was chosen last", () => {
  expect(read({})).toEqual({
    date: "2026-11-22",
    compared: "average",
    hour: null,
    revision: null,
    mended: [],
  });
});

test("what can be honoured is", () => {
  const asked = { date: "2026-11-20", with: "2026-11-03", hour: "2026112008", revision: "2" };
  expect(read(asked)).toEqual({
    date: "2026-11-20",
    compared: "2026-11-03",
    hour: "2026112008",
    revision: 2,
    mended: [],
  });
});

test.each([
  ["2026-02-30", "2026-11-22", "date noDate"],
  ["2026-2-9", "2026-11-22", "date noDate"],
  ["yesterday", "2026-11-22", "date noDate"],
  ["9999-12-31", "2026-11-22", "date noDate"],
  ["1969-12-31", "2026-11-22", "date noDate"],
  ["2026-11-23", "2026-11-22", "date future"],
  ["2026-10-31", "2026-11-01", "date beforeFirst"],
])("?date=%s shows %s and says so: %s", (date, shown, said) => {
  expect(read({ date }).date).toBe(shown);
  expect(why({ date })).toEqual([said]);
});

test.each([
  ["last-year", "with noCompared"],
  ["2026-02-30", "with noCompared"],
  ["2026-11-22", "with itself"],
  ["2026-12-24", "with future"],
])("?with=%s falls back to what was chosen last: %s", (compared, said) => {
  expect(read({ with: compared }).compared).toBe("average");
  expect(why({ with: compared })).toEqual([said]);
});

test("an hour names its day; beside another date it is not shown", () => {
  expect(read({ hour: "2026112008" })).toMatchObject({ date: "2026-11-20", hour: "2026112008", mended: [] });
  expect(read({ date: "2026-11-21", hour: "2026112008" })).toMatchObject({ date: "2026-11-21", hour: null });
  expect(why({ date: "2026-11-21", hour: "2026112008" })).toEqual(["hour otherDay"]);
  expect(why({ hour: "2026112024" })).toEqual(["hour noHour"]);
  expect(why({ hour: "2026023010" })).toEqual(["hour noHour"]);
});

test("a revision is a number, and of a day that has passed", () => {
  expect(why({ date: "2026-11-20", revision: "0" })).toEqual(["revision noRevision"]);
  expect(why({ date: "2026-11-20", revision: "two" })).toEqual(["revision noRevision"]);
  expect(why({ revision: "2" })).toEqual(["revision openDay"]);
});
