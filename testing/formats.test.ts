import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REJECT_CODES } from "#server/contracts/events.ts";

test("docs/formats.md lists the codes of rejects, all and no other", () => {
  const [, section = ""] = readFileSync("docs/formats.md", "utf8").split("\n## Codes of rejects\n");
  const [table = ""] = section.split("\n## ");
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code)).toEqual([...REJECT_CODES]);
});
