import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareId, compareText } from "./compare.ts";
import { DistinctCounts } from "./distinct-counts.ts";
import { TextTable } from "./text-table.ts";
import { NO_AMOUNT, NONE, UserTable } from "./user-table.ts";

const IDS = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -3n, max: 3n }),
  fc.constantFrom(2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, -(2n ** 53n), -(2n ** 32n), -(2n ** 31n)),
);

describe("texts", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("", "a", "b", "é", "\uE000", "\u{1F600}") }), {
    maxLength: 300,
  });

  test("each has one number, and the number gives it back", () => {
    fc.assert(
      fc.property(texts, (given) => {
        const table = new TextTable();
        const ids = given.map((text) => table.idOf(text));
        expect(table.size).toBe(new Set(given).size);
        expect(ids.map((id) => table.textOf(id))).toEqual(given);
        expect(given.map((text) => table.idOf(text))).toEqual(ids);
      }),
    );
  });

  test("compare as rule C6 says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        fc.pre(a.isWellFormed() && b.isWellFormed());
        const table = new TextTable();
        const [left, right] = [table.idOf(a), table.idOf(b)];
        expect(Math.sign(table.compare(left, right))).toBe(Math.sign(compareText(a, b)));
      }),
    );
  });

  test("a hundred thousand keep apart", () => {
    const table = new TextTable();
    for (let index = 0; index < 100_000; index++) expect(table.idOf(`B-${index}`)).toBe(index);
    expect(table.textOf(77_777)).toBe("B-77777");
  });
});

describe("users", () => {
  test("any 64-bit id has one row, is read back, and compares as a number (C5)", () => {
    fc.assert(
      fc.property(fc.array(IDS, { minLength: 2, maxLength: 200 }), (given) => {
        const table = new UserTable();
        const ids = given.map(String);
        const rows = ids.map((id) => table.rowOf(id));
        expect(table.size).toBe(new Set(ids).size);
        expect(rows.map((row) => table.idOf(row))).toEqual(ids);
        const [first = 0, second = 0] = rows;
        expect(Math.sign(table.compareIds(first, second))).toBe(
          Math.sign(compareId(ids[0] ?? "", ids[1] ?? "")),
        );
      }),
    );
  });

  test("a winner is read back whole, however many rows come after it", () => {
    const table = new UserTable();
    const winner = { time: 2 ** 32 - 1, orderNo: 7, amount: NO_AMOUNT, telephone: NONE, hour: 31 };
    const other = { time: 0, orderNo: 0, amount: 10n ** 18n, telephone: 3, hour: 0 };
    const row = table.rowOf("5");
    expect(table.hasWinner(row)).toBe(false);
    table.setWinner(row, winner);
    for (let id = 100; id < 1_000; id++) table.setWinner(table.rowOf(String(id)), other);
    expect(table.winnerOf(table.rowOf("5"))).toEqual(winner);
    expect(table.winnerOf(table.rowOf("500"))).toEqual(other);
  });
});

test("O4: distinct values of each hour are those that somebody still brings", () => {
  const step = fc.record({ value: fc.nat({ max: 4 }), hour: fc.nat({ max: 2 }), pick: fc.nat() });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.array(fc.boolean(), { maxLength: 80 }),
      (steps, isLeave) => {
        const counts = new DistinctCounts();
        const held: { value: number; hour: number }[] = [];
        steps.forEach(({ value, hour, pick }, index) => {
          const leaving = isLeave[index] && held.splice(pick % held.length, 1)[0];
          if (leaving) counts.leave(leaving.value, leaving.hour);
          else {
            held.push({ value, hour });
            counts.join(value, hour);
          }
          for (const each of [0, 1, 2]) {
            const expected = new Set(held.filter((one) => one.hour === each).map((one) => one.value));
            expect(counts.of(each)).toBe(expected.size);
          }
        });
      },
    ),
  );
});
