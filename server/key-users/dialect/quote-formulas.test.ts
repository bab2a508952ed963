import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteFormulas } from "./quote-formulas.ts";

test.each([
  ['="401003";1;a\n="401004";2;', '"=""401003""";1;a\n"=""401004""";2;'],
  ['1;="a"\r\n2;="b"', '1;"=""a"""\r\n2;"=""b"""'],
  ['="";', '"=""""";'],
  ['="a"b;1', '="a"b;1'], // no whole cell: refused by the reader
  ['="a;b";1', '"=""a;b""";1'],
  ['="a\nb";1', '="a\nb";1'],
  ['"x;="";y";1', '"x;="";y";1'], // within a quoted cell
  ['"x\n=""7"";";="7"', '"x\n=""7"";";"=""7"""'],
  ['"open;="7"', '"open;="7"'],
  ["plain;=1", "plain;=1"],
])("%j becomes %j", (text, expected) => {
  expect(quoteFormulas(text, ";")).toBe(expected);
});

test("properly quoted cells stay as they are, whatever they hold", () => {
  const quoted = fc
    .string({ unit: fc.constantFrom('"', "=", ";", "\n", "\r", "a") })
    .map((cell) => `"${cell.replaceAll('"', '""')}"`);
  fc.assert(
    fc.property(fc.array(quoted), (cells) => {
      const text = cells.join(";");
      expect(quoteFormulas(text, ";")).toBe(text);
    }),
  );
});
