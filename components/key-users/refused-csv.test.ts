import { expect, test } from "vitest";
import { refusedCsv, refusedName } from "./refused-csv.ts";

const reject = { code: "bad_amount", field: "raw_premium", message: "" };

test("refused rows keep their columns and cells, and say why in one more column", () => {
  const csv = refusedCsv(
    {
      isContactLeftOut: false,
      header: ["客户号", "原保额", "备注"],
      items: [
        { ...reject, line: 2, cells: ['="851001"', "12,3", ' a "b"'] },
        { ...reject, line: 9, cells: ["851002", "x", "two\nlines"] },
      ],
    },
    "原因",
    ({ line }) => `第 ${line} 行`,
  );
  expect(csv).toBe(
    '\u{feff}客户号,原保额,备注,原因\r\n"=""851001""","12,3"," a ""b""",第 2 行\r\n851002,x,"two\nlines",第 9 行\r\n',
  );
});

test("a text that a spreadsheet would take for a formula stays a text; amounts and ids stay what they are", () => {
  const cells = ['="401003"', "-1.5万", '=HYPERLINK("http://x.test","here")', "@sum", "+1-2", "'=1"];
  const csv = refusedCsv(
    { isContactLeftOut: false, header: ["=a"], items: [{ ...reject, line: 2, cells }] },
    "why",
    () => "no",
  );
  expect(csv).toBe(
    `\u{feff}'=a,why\r\n"=""401003""",-1.5万,"'=HYPERLINK(""http://x.test"",""here"")",'@sum,'+1-2,''=1,no\r\n`,
  );
});

test.each([
  ["list.csv", "list refused.csv"],
  ["客户 2026.11.csv", "客户 2026.11 refused.csv"],
  ["list", "list refused.csv"],
])("the file of %s is called %s", (name, called) => {
  expect(refusedName(name, "refused")).toBe(called);
});
