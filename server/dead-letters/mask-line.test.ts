import { describe, expect, test } from "vitest";
import type { FieldKind } from "../contracts/line-fields.ts";
import { parseJson } from "../reader/json.ts";
import { showName, showValue } from "./mask-line.ts";

describe("a value that has the shape of its field is shown", () => {
  test.each<[FieldKind, unknown, string]>([
    ["id", "9223372036854775808", "9223372036854775808"],
    ["id", 7, "7"],
    ["key", "A20261122-1", "A20261122-1"],
    ["amount", "1,234.50元", "1,234.50元"],
    ["amount", "12,3", "12,3"],
    ["amount", -5.1, "-5.1"],
    ["time", 1763769600000, "1763769600000"],
    ["time", "1763769600", "1763769600"],
    ["time", "20261122101500", "20261122101500"],
    ["time", "2026-11-22 10:15:00", "2026-11-22 10:15:00"],
    ["text", "renewal_2", "renewal_2"],
    ["name", "  ", "  "],
    ["amount", true, "true"],
  ])("%s %j", (kind, value, shown) => {
    expect(showValue(kind, value)).toEqual({ shown, isMasked: false });
  });

  test("a long number digit by digit", () => {
    const { id } = parseJson('{"id":12345678901234567890}') as { id: unknown };
    expect(showValue("id", id)).toEqual({ shown: "12345678901234567890", isMasked: false });
  });

  test("a missing one as missing", () => {
    expect(showValue("telephone", null)).toEqual({ shown: null, isMasked: false });
    expect(showValue("telephone", undefined)).toEqual({ shown: null, isMasked: false });
  });
});

describe("what may be personal is masked in every column: in a refused line they may have moved", () => {
  const PERSONAL = [
    "13812345678",
    13812345678,
    "王小明",
    "Anna Smith",
    "110101199003078515",
    "11010119900307851X",
  ];
  const KINDS: readonly FieldKind[] = [
    "id",
    "key",
    "amount",
    "time",
    "text",
    "name",
    "telephone",
    "certificate",
    "account",
  ];
  test.each(KINDS.flatMap((kind) => PERSONAL.map((value) => [kind, value] as const)))(
    "%s %j",
    (kind, value) => {
      const { shown, isMasked } = showValue(kind, value);
      expect(isMasked).toBe(true);
      expect(shown?.length).toBeLessThan(String(value).length + 3);
      expect(shown).not.toContain(String(value).slice(1, -4) || String(value));
    },
  );

  test.each<[FieldKind, unknown]>([
    ["amount", "not an amount 13812345678"],
    ["time", "yesterday, says Anna"],
    ["text", "x13812345678"],
    ["key", "N110101199003078888110101199003078888"],
    ["key", "A-13812345678"],
    ["id", "1110101199003078888"],
    ["text", "Anna"],
    ["text", { customer_tel: "13812345678" }],
    ["id", ["13812345678"]],
  ])("%s %j", (kind, value) => {
    const { shown, isMasked } = showValue(kind, value);
    expect(isMasked).toBe(true);
    expect(shown?.length).toBeLessThanOrEqual(3);
  });
});

test("names of unknown fields are shown where they look like names of fields", () => {
  expect(["acount_payble", "Anna", "王小明", "x13812345678", "13812345678"].map(showName)).toEqual([
    "acount_payble",
    "…",
    "…",
    "…",
    "…",
  ]);
});
