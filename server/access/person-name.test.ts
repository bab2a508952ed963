import { describe, expect, test } from "vitest";
import { foldedName, mailAddress, personName, userName } from "./person-name.ts";

describe("a person's name", () => {
  test.each([
    ["as it is", "Lin Wei", "Lin Wei"],
    ["Chinese", "林薇", "林薇"],
    ["blanks", "  Lin \t Wei ", null],
    ["blanks that are blanks", "  Lin   Wei ", "Lin Wei"],
    ["an accent in two pieces", "Ada More\u0301", "Ada Moré"],
    ["eighty characters", "𠮷".repeat(80), "𠮷".repeat(80)],
    ["eighty-one", "a".repeat(81), null],
    ["nothing", "", null],
    ["blanks alone", "   ", null],
    ["signs alone", "...", null],
    ["a NUL", "Lin\0", null],
    ["a line end", "Lin\nWei", null],
    ["written from right to left", "Lin \u202eieW", null],
    ["an isolate", "\u2066Lin\u2069", null],
    ["no width", "Li\u200bn", null],
    ["a letter that is drawn as nothing", "Lin\u3164", null],
    ["half of a pair", "Lin\ud83d", null],
    ["Cyrillic among Latin letters", "r\u043e\u043et", null],
    ["a letter of phonetics", "Xeni\u0251", null],
    ["Lisu among Latin letters", "\ua4ebenia", null],
    ["whom the audit log calls so", "System", null],
    ["the same in another width", "Ｔｉｄｅｗａｔｃｈ", null],
    ["the user of a command line", "cli:root", null],
    ["an address of a page", "IT: open https://evil.example/x", null],
    ["one without its beginning", "Www.evil.example", null],
    ["Vietnamese", "Nguyễn Thị Ánh", "Nguyễn Thị Ánh"],
    ["Polish", "Łukasz Żółć", "Łukasz Żółć"],
    ["Greek letters", "Αλέξης", "Αλέξης"],
    ["Chinese with Latin letters", "林薇 Vivian", "林薇 Vivian"],
    ["a line separator", "Lin\u2028Wei", null],
  ])("%s", (_, given, expected) => {
    if (expected === null) expect(() => personName(given)).toThrow(/name/);
    else expect(personName(given)).toBe(expected);
  });

  test.each([
    ["Lin Wei", "LIN WEI"],
    ["Lin Wei", "Ｌｉｎ　Ｗｅｉ"],
    ["Strauß", "STRAUSS"],
    ["ﬁona", "Fiona"],
    ["Σοφός", "ΣΟΦΌΣ"],
  ])("%s and %s are one", (one, other) => {
    expect(foldedName(one)).toBe(foldedName(other));
  });

  test("names that differ in a letter are two", () => {
    expect(foldedName("Lin Wei")).not.toBe(foldedName("Lin Wey"));
  });
});

test("a user name is of small plain letters", () => {
  expect(userName(" Lin.Wei_2 ")).toBe("lin.wei_2");
  for (const bad of ["", "l", "lin wei", "lin@x", "ｌｉｎ", "lïn", "l".repeat(31), "lin\n"]) {
    if (bad === "lin\n") expect(userName(bad)).toBe("lin");
    else expect(() => userName(bad)).toThrow(/user name/);
  }
});

describe("an e-mail address", () => {
  test("is stored in small letters, without blanks around it", () => {
    expect(mailAddress(" Lin.Wei@Example.COM ")).toBe("lin.wei@example.com");
  });

  test.each([
    ["a mark of direction", "lin\u202e@example.com"],
    ["no width", "li\u200bn@example.com"],
    ["no domain", "lin@"],
    ["no address", "lin"],
    ["too long", `${"a".repeat(250)}@example.com`],
  ])("%s is refused", (_, given) => {
    expect(() => mailAddress(given)).toThrow(/e-mail/);
  });
});
