import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { citationsOf } from "./citations.ts";

const PAGE = "docs/rules.md";
const FOLDERS = "{app,bench,components,demo,docs,e2e,prisma,scripts,server,testing}";
/** What is generated or recorded, and the examples below. */
const EXCEPT =
  /^(?:prisma\/client|testing\/recorded|docs\/pictures)\/|^testing\/(?:citations|rules\.test)\.ts$/;

const page = readFileSync(PAGE, "utf8");
const sources = [`${FOLDERS}/**/*.{ts,tsx,mjs,sql,prisma,md,css}`, "*.{ts,mjs,md}"]
  .flatMap((pattern) => globSync(pattern))
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path !== PAGE && !EXCEPT.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

const HEADING = /^### <a id="([cokpw]\d+)"><\/a>([COKPW]\d+)\. /;
/** Each rule with its anchor and what the page says of it. */
const rules = new Map(
  page.split(/\n(?=##)/).flatMap((said) => {
    const [, anchor, rule] = HEADING.exec(said) ?? [];
    return rule ? [[rule, { anchor, said }] as const] : [];
  }),
);
const citations = sources.flatMap(({ path, text }) =>
  citationsOf(text).map(({ rule, line }) => ({ rule, path, where: `${path}:${line}` })),
);
const citedByCode = new Set(citations.filter(({ path }) => !path.endsWith(".md")).map(({ rule }) => rule));
const isUnbuilt = (rule: string) => rules.get(rule)?.said.includes("**Not built yet.**") ?? false;

describe("docs/rules.md", () => {
  test("every rule has an anchor of its own, and no number is missing", () => {
    expect([...rules].filter(([rule, { anchor }]) => anchor !== rule.toLowerCase())).toEqual([]);
    expect(rules.size).toBe(page.match(/<a id="/g)?.length);
    for (const group of "COKPW") {
      const numbers = [...rules.keys()].filter((rule) => rule[0] === group);
      expect(numbers).toEqual(numbers.map((_, index) => `${group}${index + 1}`));
    }
  });

  test("every rule that is cited has an anchor", () => {
    expect(
      citations.filter(({ rule }) => !rules.has(rule)).map(({ rule, where }) => `${rule} ${where}`),
    ).toEqual([]);
  });

  test("every rule is cited by code, unless it says that it is not built", () => {
    expect([...rules.keys()].filter((rule) => !citedByCode.has(rule) && !isUnbuilt(rule))).toEqual([]);
  });

  test("no rule that code cites says that it is not built", () => {
    expect([...rules.keys()].filter((rule) => citedByCode.has(rule) && isUnbuilt(rule))).toEqual([]);
  });

  test("every address into the page leads somewhere", () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, words = ""]) =>
      words.toLowerCase().replaceAll(" ", "-"),
    );
    const known = new Set([...headings, ...[...rules.keys()].map((rule) => rule.toLowerCase())]);
    const targets = [{ path: PAGE, text: page.replaceAll("](#", "](rules.md#") }, ...sources].flatMap(
      ({ path, text }) =>
        [...text.matchAll(/\brules\.md#([\w-]+)/g)].map(([, anchor = ""]) => ({ path, anchor })),
    );
    expect(targets.filter(({ anchor }) => !known.has(anchor))).toEqual([]);
  });

  test("every file that it names exists", () => {
    const named = [...page.matchAll(/`((?:server|testing|components)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(named.filter((path) => path && globSync(path).length === 0)).toEqual([]);
  });
});

describe("a citation", () => {
  const cited = (text: string) => citationsOf(text).map(({ rule }) => rule);

  test.each([
    ["/** One hour (rules O4, O7). */", ["O4", "O7"]],
    ["// Rules K2–K5 and K8 for one event.", ["K2", "K3", "K4", "K5", "K8"]],
    [" * O1–O3, C6: what was written is loaded again", ["O1", "O2", "O3", "C6"]],
    ["/// Rule C7. The line is sealed.", ["C7"]],
    ["  expect(x).toBe(1); // C1", ["C1"]],
    ["-- The output tables (rules O9, K10, P5).", ["O9", "K10", "P5"]],
    ['test("sums are exact (C4)", () => {', ["C4"]],
    ['test("K7, C9: once", () => {', ["K7", "C9"]],
    ['"C9: a repeat changes nothing"', ["C9"]],
    ["the streams (rules P1 to P4)", ["P1", "P2", "P3", "P4"]],
    ["which is what rule C6 asks for.", ["C6"]],
    ["`kill -9` at any place (C12), again", ["C12"]],
  ])("is read in %s", (text, rules) => {
    expect(cited(text)).toEqual(rules);
  });

  test.each([
    ['order({ orderNo: "C1", userId: "9" })'],
    ['["7", "P1", "P10"]'],
    ['{ orderNo: "O1", at: 5 }'],
    ["const path = `M0,C1 P2`;"],
    ['error.code === "P2002"'],
    ["// the P99 of an answer, in ms"],
    ["// U+00C1 and 0xC0 are no UTF-8; K8s, C3PO"],
    ["| P95 | 12 ms |"],
    ["an order C1 of user 9"],
  ])("is none in %s", (text) => {
    expect(cited(text)).toEqual([]);
  });
});
