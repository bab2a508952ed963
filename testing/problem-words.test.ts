import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { hasWords, inLanguage, localeOf } from "#server/lib/problem-words.ts";

/** Rooms whose refusals people read on a screen. */
const ROOMS = [
  "access",
  "api-keys",
  "audit",
  "dead-letters",
  "engine",
  "four-eyes",
  "http",
  "key-users",
  "orders",
  "people",
  "proposals",
  "retention",
  "settings",
];
/** Files whose sentences are said elsewhere. */
const ELSEWHERE = [
  /initial-key|access\/api-keys/, // the log
  /raw-answer|openapi|routes/, // programs and their documents
  /link-mail/, // an e-mail, in both languages
  /dialect|read-list\.ts|read-key-user-rows/, // the screen's own, by code: import-fault.tsx
];
const SENTENCE = /^[A-Z"{].* .*\.$/s;

/** Sentences of a file, with `x` for what is put into them. */
function sentencesOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join("")
        : "";
    if (SENTENCE.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("what the server refuses is said in the reader's language", () => {
  test.each(ROOMS)("each sentence of server/%s exists in Chinese", (room) => {
    const files = globSync(`server/${room}/**/*.ts`).filter(
      (path) => !path.endsWith(".test.ts") && !ELSEWHERE.some((each) => each.test(path)),
    );
    expect(files.length).toBeGreaterThan(0);
    const missing = files.flatMap((path) =>
      sentencesOf(path)
        .filter((sentence) => !hasWords(sentence))
        .map((sentence) => `${path}: ${sentence}`),
    );
    expect(missing).toEqual([]);
  });

  test.each([
    [
      "en",
      "The stream was faster: the case is regressed now.",
      "The stream was faster: the case is regressed now.",
    ],
    [
      "zh",
      "The stream was faster: the case is regressed now.",
      "数据流 先了一步：此客户现在的状态是“再次下降”。",
    ],
    ["zh", "Lin Wei was faster: the case is closed now.", "Lin Wei 先了一步：此客户现在的状态是“已关闭”。"],
    ["zh", "No words for this.", "No words for this."],
  ] as const)("in %s: %s", (locale, english, said) => {
    expect(inLanguage(english, locale)).toBe(said);
  });

  test.each([
    [{ cookie: "a=b; locale=zh", "accept-language": "en" }, "zh"],
    [{ "accept-language": "zh-CN,zh;q=0.9" }, "zh"],
    [{ cookie: "locale=xx" }, "en"],
    [{}, "en"],
  ] as const)("the language of %j is %s", (headers, locale) => {
    expect(localeOf(new Headers(headers))).toBe(locale);
  });
});
