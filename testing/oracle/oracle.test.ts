/** @module-tag slow */
import { describe, expect, test } from "vitest";
import {
  asTsv,
  FLINK_RECORDINGS,
  readRecords,
  readTable,
  recordingFolder,
  sorted,
} from "../recorded/recordings.ts";
import { hourlyTable } from "./orders.ts";
import { lastPagesTable } from "./page-views.ts";
import { premiumTables } from "./premium-changes.ts";

const ZONE = "Asia/Shanghai";

/** The oracle itself stands on what Apache Flink computed. */
describe.each(FLINK_RECORDINGS)("the oracle on the recorded folder %s", (name) => {
  const folder = recordingFolder(name);

  test("hourly figures (O1–O7)", () => {
    const expected = readTable(folder, "hourly");
    if (!expected) return expect(readRecords(folder, "orders")).toEqual([]);
    expect(sorted(hourlyTable(readRecords(folder, "orders"), ZONE).map(asTsv))).toEqual(expected);
  });

  test("occurrences and the list afterwards (K1–K6)", () => {
    const expected = readTable(folder, "occurrences");
    if (!expected) return expect(readRecords(folder, "premium-changes")).toEqual([]);
    const tables = premiumTables(readRecords(folder, "key-users"), readRecords(folder, "premium-changes"));
    expect(sorted(tables.occurrences.map(asTsv))).toEqual(expected);
    expect(sorted(tables.keyUsers.map(asTsv))).toEqual(readTable(folder, "key-users-after"));
  });

  test("last pages (P1–P3)", () => {
    const expected = readTable(folder, "last-pages");
    if (!expected) return expect(readRecords(folder, "page-views")).toEqual([]);
    expect(sorted(lastPagesTable(readRecords(folder, "page-views")).map(asTsv))).toEqual(expected);
  });
});
