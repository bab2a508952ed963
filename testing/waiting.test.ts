import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

const FILES = globSync(["{server,components,testing,demo,bench}/**/*.{test.ts,test.tsx}", "testing/**/*.ts"]);
const ENDS_OF_ITSELF = new Set(["waitFor", "waitUntil"]);

/** Lines on which `vi` waits for no longer than its second. */
function impatient(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const isWaiting = expression.getText(source) === "vi" && ENDS_OF_ITSELF.has(name.text);
      if (isWaiting && node.arguments.length < 2) {
        found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("whoever waits for something says how long: a second is too short on busy cores", () => {
  expect(FILES.length).toBeGreaterThan(100);
  expect(FILES.flatMap(impatient)).toEqual([]);
});
