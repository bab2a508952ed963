import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { putBigInt } from "#server/contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import { compareId, compareText } from "#server/streams/compare.ts";
import { DistinctCounts } from "./distinct-counts.ts";
import { ExactSum } from "./exact-sum.ts";
import { GrossTable } from "./gross-table.ts";
import { NONE, VECTOR } from "./hash-slots.ts";
import { TextSpans, TextTable } from "./text-table.ts";
import { LISTED, STORED, UserTable } from "./user-table.ts";

function rowOf(table: UserTable, id: bigint): number {
  const pair = new Int32Array(2);
  putBigInt(pair, 0, id);
  return table.rowOf(pair[0] ?? 0, pair[1] ?? 0);
}

/** Texts one behind the other; null is none. */
function spansOf(texts: readonly (string | null)[]): {
  readonly bytes: Uint8Array;
  readonly spans: TextSpans;
} {
  const spans = new TextSpans();
  const encoder = new TextEncoder();
  let end = 0;
  for (const [index, text] of texts.entries()) {
    spans.starts[index] = end;
    if (text !== null) end += encoder.encode(text).length;
    spans.ends[index] = text === null ? end - 1 : end;
  }
  return { bytes: encoder.encode(texts.join("")), spans };
}

const IDS = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -3n, max: 3n }),
  fc.constantFrom(2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, -(2n ** 53n), -(2n ** 32n), -(2n ** 31n)),
);

describe("texts", () => {
  const texts = fc.array(
    fc.string({ unit: fc.constantFrom("", "a", "b", "é", "\uE000", "\uFEFF", "\u{1F600}") }),
    {
      maxLength: 300,
    },
  );

  test("each has one number, and the number gives it back", () => {
    fc.assert(
      fc.property(texts, (given) => {
        const table = new TextTable();
        const ids = given.map((text) => table.idOfText(text));
        expect(table.size).toBe(new Set(given).size);
        expect(ids.map((id) => table.textOf(id))).toEqual(given);
        expect(given.map((text) => table.idOfText(text))).toEqual(ids);
      }),
    );
  });

  test("compare as rule C6 says", { tags: "slow" }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        fc.pre(a.isWellFormed() && b.isWellFormed());
        const table = new TextTable();
        const [left, right] = [table.idOfText(a), table.idOfText(b)];
        expect(Math.sign(table.compare(left, right))).toBe(Math.sign(compareText(a, b)));
      }),
    );
  });

  test("many sought together have the numbers that they have one by one", () => {
    const given = fc.array(
      fc.array(fc.option(fc.string({ unit: fc.constantFrom("a", "é", "0"), maxLength: 4 }))),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(given, (vectors) => {
        const [together, alone] = [new TextTable(), new TextTable()];
        for (const vector of vectors) {
          const ids = new Int32Array(vector.length + 1).fill(7);
          const { bytes, spans } = spansOf(vector);
          together.idsOf(bytes, spans, vector.length, ids, 1);
          expect([...ids]).toEqual([
            7,
            ...vector.map((text) => (text === null ? NONE : alone.idOfText(text))),
          ]);
        }
      }),
    );
  });

  test("many sought together have the same numbers, whichever of them were thought likely", () => {
    const text = fc.option(fc.string({ unit: fc.constantFrom("a", "é", "0"), maxLength: 9 }));
    const vector = fc.array(fc.tuple(text, fc.nat()), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 8 }), (vectors) => {
        const [together, alone] = [new TextTable(), new TextTable()];
        const known = new Map<string | null, number>();
        for (const vector of vectors) {
          const texts = vector.map(([each]) => each);
          // Right when the text is known and the draw is even, else any number or none.
          const likely = vector.map(([each, pick]) => {
            const right = pick % 2 === 0 ? known.get(each) : undefined;
            return right ?? (pick % (together.size + 1)) - 1;
          });
          const ids = Int32Array.from([7, ...likely]);
          const { bytes, spans } = spansOf(texts);
          together.idsOfLikely(bytes, spans, vector.length, ids, 1);
          const expected = texts.map((each) => (each === null ? NONE : alone.idOfText(each)));
          expect([...ids]).toEqual([7, ...expected]);
          for (const [index, each] of texts.entries()) known.set(each, expected[index] as number);
        }
      }),
    );
  });

  test("a reference count is 0 until it is set, and stays with its text however many come after it", () => {
    const table = new TextTable();
    const [empty, other] = [table.idOfText(""), table.idOfText("b")];
    expect([table.referenceCountOf(empty), table.referenceCountOf(other)]).toEqual([0, 0]);
    table.setReferenceCount(empty, 2 ** 32 - 1);
    table.setReferenceCount(other, 5);
    for (let index = 0; index < 5_000; index++) table.idOfText(`B-${index}`);
    table.fetchReferenceCounts(Int32Array.of(NONE, empty, other), 0, 3);
    expect([table.referenceCountOf(empty), table.referenceCountOf(other)]).toEqual([2 ** 32 - 1, 5]);
    expect([table.textOf(empty), table.textOf(other), table.textOf(5_001)]).toEqual(["", "b", "B-4999"]);
  });

  test("a hundred thousand keep apart", { tags: "slow" }, () => {
    const table = new TextTable();
    for (let index = 0; index < 100_000; index++) expect(table.idOfText(`B-${index}`)).toBe(index);
    expect(table.textOf(77_777)).toBe("B-77777");
  });
});

describe("users", () => {
  test("any 64-bit id has one row, is read back, and compares as a number (C5)", () => {
    fc.assert(
      fc.property(fc.array(IDS, { minLength: 2, maxLength: 200 }), (given) => {
        const table = new UserTable();
        const ids = given.map(String);
        const rows = given.map((id) => rowOf(table, id));
        expect(table.size).toBe(new Set(ids).size);
        expect(rows.map((row) => table.idOf(row))).toEqual(ids);
        const [first = 0, second = 0] = rows;
        expect(Math.sign(table.compareIds(first, second))).toBe(
          Math.sign(compareId(ids[0] ?? "", ids[1] ?? "")),
        );
      }),
    );
  });

  test("many sought together have the rows that they have one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.array(IDS, { maxLength: VECTOR }), { maxLength: 4 }), (vectors) => {
        const [together, alone] = [new UserTable(), new UserTable()];
        for (const vector of vectors) {
          const ids = new Int32Array(vector.length * 2);
          for (const [index, id] of vector.entries()) putBigInt(ids, index, id);
          const places = Int32Array.from(vector.keys());
          const rows = new Int32Array(vector.length);
          together.rowsOf(ids, places, 0, vector.length, rows);
          expect([...rows]).toEqual(vector.map((id) => rowOf(alone, id)));
        }
      }),
    );
  });

  test("a winner is read back whole, marks stay, however many rows come after it", () => {
    const table = new UserTable();
    const row = rowOf(table, 5n);
    expect(table.orderNoOf(row)).toBe(NONE);
    table.mark(row, STORED);
    table.setWinner(row, 2 ** 32 - 1, 7, NONE, 31, 0, NO_AMOUNT_HIGH);
    for (let id = 100n; id < 1_000n; id++) table.setWinner(rowOf(table, id), 0, 0, 3, 0, -1, 5);
    const read = (of: number) => [
      table.timeOf(of),
      table.orderNoOf(of),
      table.telephoneOf(of),
      table.hourOf(of),
      table.amountLowOf(of),
      table.amountHighOf(of),
    ];
    expect(read(rowOf(table, 5n))).toEqual([2 ** 32 - 1, 7, NONE, 31, 0, NO_AMOUNT_HIGH]);
    expect(read(rowOf(table, 500n))).toEqual([0, 0, 3, 0, -1, 5]);
    expect([table.isMarked(row, STORED), table.isMarked(row, LISTED)]).toEqual([true, false]);
    table.unmark(row, STORED);
    expect([table.isMarked(row, STORED), table.hourOf(row)]).toEqual([false, 31]);
  });
});

describe("gross versions", () => {
  test("a version is read back whole, marks stay, a number without one has none", () => {
    const table = new GrossTable();
    table.set(3, 2 ** 32 - 1, 16_000_000, 31, -7, -1);
    table.mark(3, STORED);
    table.set(3, 5, 0, 0, 9, NO_AMOUNT_HIGH);
    table.set(900, 1, 16_000_000, 30, 0, 2 ** 31 - 1);
    expect([table.has(2), table.has(3), table.has(900), table.has(5_000), table.size]).toEqual([
      ...[false, true, true, false],
      2,
    ]);
    const read = (of: number) => [
      table.timeOf(of),
      table.userOf(of),
      table.hourOf(of),
      table.amountLowOf(of),
      table.amountHighOf(of),
    ];
    expect(read(3)).toEqual([5, 0, 0, 9, NO_AMOUNT_HIGH]);
    expect(read(900)).toEqual([1, 16_000_000, 30, 0, 2 ** 31 - 1]);
    expect([table.isMarked(3, STORED), table.isMarked(3, LISTED), table.isMarked(900, STORED)]).toEqual([
      ...[true, false, false],
    ]);
  });
});

test("C4: sums are exact, whatever their size and order", () => {
  const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, fc.boolean()), { maxLength: 60 }), (steps) => {
      const sum = new ExactSum();
      let expected = 0n;
      for (const [value, isAdded] of steps) {
        const pair = new Int32Array(2);
        putBigInt(pair, 0, value);
        const [low = 0, high = 0] = pair;
        if (isAdded) sum.add(low, high);
        else sum.subtract(low, high);
        expected += isAdded ? value : -value;
      }
      expect(sum.value).toBe(expected);
    }),
  );
});

test("O4: distinct values of each hour are those that somebody still brings", () => {
  const step = fc.record({ value: fc.nat({ max: 4 }), hour: fc.nat({ max: 2 }), pick: fc.nat() });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.array(fc.boolean(), { maxLength: 80 }),
      (steps, isLeave) => {
        const values = new TextTable();
        for (const text of ["a", "b", "c", "d", "e"]) values.idOfText(text);
        const counts = new DistinctCounts(values);
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
