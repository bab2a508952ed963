import { globSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, test } from "vitest";

/**
 * Whoever sends a text chooses how long it is: no regular expression of the product takes longer than the text is long. One that
 * backtracks over a thousand blanks holds up everybody.
 */

const ROOT = process.cwd();
const FILES = globSync("{server,components,app,demo}/**/*.{ts,tsx}", {
  cwd: ROOT,
  exclude: ["**/*.test.{ts,tsx}", "**/*.stories.tsx"],
});

interface Expression {
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

function expressionsOf(file: string): Expression[] {
  const text = readFileSync(file, "utf8");
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
      const at = `${relative(ROOT, file)}:${line + 1}`;
      found.push({ at, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

const isSlow = ({ source, flags }: Omit<Expression, "at">): boolean =>
  analyse({ source, flags }).reports.length > 0;

test("every regular expression takes time in proportion to its text", () => {
  const expressions = FILES.flatMap((file) => expressionsOf(file));
  expect(expressions.length).toBeGreaterThan(200);
  expect(expressions.filter(isSlow).map(({ at, source }) => `${at} /${source}/`)).toEqual([]);
});

test("one that does not is found", () => {
  expect(isSlow({ source: String.raw`^a\s*b?\s*$`, flags: "u" })).toBe(true);
  expect(isSlow({ source: String.raw`[\r\n]+$`, flags: "" })).toBe(true);
});
