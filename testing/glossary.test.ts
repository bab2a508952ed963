import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the glossary has each word once, in order of the alphabet", () => {
  const words = [...readFileSync("docs/glossary.md", "utf8").matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map(
    ([, word = ""]) => word.toLowerCase().replaceAll("-", " "),
  );
  expect(words).not.toEqual([]);
  expect(words).toEqual([...new Set(words)].sort());
});

/** Names that had a second word beside the glossary's, and the one that is used. */
const RETIRED: readonly (readonly [RegExp, string])[] = [
  [/readAtPlace|\bPlaced\b|\.place\.(?:epoch|position)/, "snapshot position"],
  [/takePosition|take-position/, "nextCommitPosition"],
  [/\bLetter(?:Kind|Choice|Desk)\b|\b(?:open|use|a|some|find)Letters?\b/, "dead letter, reason group"],
  [/\b[dD]eeds?\b|\bcarryOut\b/, "mutation, execute"],
  [/\b[Ss]tandings?\b(?! by)/, "current"],
  [/\b[Tt]ally\b|\b[tT]allies\b|\w+Tally\b|\bvault\b/i, "reference count, field cipher"],
  [/\bbelated\b/, "late within grace"],
  [/\b(?:open)?Road\b|\b(?:Test|Auth)Desk\b/, "harness"],
  [/\b[kK]ill[- ]?points?\b/, "fault point"],
  [/\bpolicyCnt\b/, "policyCount"],
];

test("a word that was given up does not come back", () => {
  const files = globSync("{server,components,app,demo,bench,testing,e2e}/**/*.{ts,tsx,css}").filter(
    (name) => name !== "testing/glossary.test.ts",
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(name, "utf8");
    return RETIRED.flatMap(([word, instead]) => {
      const hit = word.exec(text);
      return hit ? [`${name}: ${hit[0]} (${instead})`] : [];
    });
  });
  expect(found).toEqual([]);
});
