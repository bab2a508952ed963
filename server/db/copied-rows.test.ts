import { expect, test } from "vitest";
import { CopiedRows } from "./copied-rows.ts";
import { BinaryRows, COPY_TRAILER } from "./copy-rows.ts";

const TEXTS = ["", "é保费", "x".repeat(300)];
const COLUMNS = 3;

function threeRows(): Buffer {
  const written = new BinaryRows();
  for (const [index, text] of TEXTS.entries()) {
    const bytes = Buffer.from(text);
    written.row(COLUMNS);
    written.whole((1 - index) * 2 ** 40);
    if (index === 1) written.null();
    else written.small(index);
    written.bytes(bytes, 0, bytes.length);
  }
  return Buffer.concat([written.take(), COPY_TRAILER]);
}

/** Reads what `bytes` hold, as far as `end`. @returns the rows and what is left */
function readTo(bytes: Buffer, end: number, capacity = 10): { rows: unknown[][]; rest: number } {
  const copied = new CopiedRows(COLUMNS, capacity);
  const rest = copied.fill(bytes.subarray(0, end), 0);
  const rows = Array.from({ length: copied.count }, (_, row) => [
    copied.whole(row, 0),
    copied.isNull(row, 1),
    copied.slice(row, 2).toString(),
  ]);
  return { rows, rest };
}

test("rows are read whole, wherever what has come of them ends", () => {
  const bytes = threeRows();
  const all = readTo(bytes, bytes.length).rows;
  expect(all).toEqual(TEXTS.map((text, index) => [(1 - index) * 2 ** 40, index === 1, text]));
  for (let end = 0; end <= bytes.length; end++) {
    const { rows, rest } = readTo(bytes, end);
    const left = bytes.subarray(rest);
    expect([...rows, ...readTo(left, left.length).rows], `cut at ${end}`).toEqual(all);
  }
});

test("no more rows than there is room for are read together", () => {
  const bytes = threeRows();
  const { rows, rest } = readTo(bytes, bytes.length, 2);
  expect(rows).toHaveLength(2);
  expect(readTo(bytes.subarray(rest), bytes.length).rows).toHaveLength(1);
});
