import { describe, expect, test } from "vitest";
import type { Actor } from "./can.ts";
import { dataScopeOf, isInScope, scopeCondition } from "./data-scope.ts";

const person = (role: "manager" | "administrator" | "operations", segments?: readonly string[]): Actor => ({
  kind: "person",
  id: "1",
  name: "P",
  role,
  sessionId: "s",
  ...(segments ? { segments } : {}),
});

describe("a data scope", () => {
  test.each([
    ["a manager with segments", person("manager", ["east"]), ["east"]],
    ["a manager without", person("manager", []), null],
    ["a manager of before there were any", person("manager"), null],
    ["an administrator, whatever stands beside them", person("administrator", ["east"]), null],
    ["operations", person("operations", ["east"]), null],
    ["a machine", { kind: "machine", id: "1", name: "M", scopes: ["read"] } as Actor, null],
  ])("of %s", (_name, actor, scope) => {
    expect(dataScopeOf(actor)).toEqual(scope);
  });

  test.each([
    [null, null, true],
    [null, "east", true],
    [["east"], "east", true],
    [["east"], "west", false],
    [["east"], null, false],
  ] as const)("%j holds a customer of %j: %s", (scope, segment, isIn) => {
    expect(isInScope(scope, segment)).toBe(isIn);
  });

  test("asks nothing of the database without one", () => {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    expect(scopeCondition(null, "c.user_id", bind)).toEqual([]);
    expect(scopeCondition(["east"], "c.user_id", bind)).toHaveLength(1);
    expect(values).toEqual([["east"]]);
  });
});
