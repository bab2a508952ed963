import type pg from "pg";
import { expect, test } from "vitest";
import { TEST_CIPHER } from "#testing/harness/writer-harness.ts";
import type { Reject } from "../contracts/events.ts";
import { writeDeadLetters } from "./write-dead-letters.ts";

test("a large body's lines are written in bounded statements, in their order, none left out", async () => {
  const statements: number[][] = [];
  const query = async (_: string, values: readonly unknown[]) => statements.push(values[2] as number[]);
  const lines = Array.from({ length: 12_345 }, (_, index) => index + 1);
  const rejects = lines.map(
    (line): Reject => ({ line, code: "bad_json", field: null, message: "not JSON", raw: Buffer.from("{") }),
  );
  const db = { query } as unknown as pg.ClientBase;
  await writeDeadLetters(db, "orders", rejects, new Date(0), TEST_CIPHER);
  expect(statements.flat()).toEqual(lines);
  for (const statement of statements) expect(statement.length).toBeLessThanOrEqual(5_000);
});
