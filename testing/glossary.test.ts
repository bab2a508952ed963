import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the glossary has each word once, in order of the alphabet", () => {
  const words = [...readFileSync("docs/glossary.md", "utf8").matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map(
    ([, word = ""]) => word.toLowerCase().replaceAll("-", " "),
  );
  expect(words).not.toEqual([]);
  expect(words).toEqual([...new Set(words)].sort());
});
