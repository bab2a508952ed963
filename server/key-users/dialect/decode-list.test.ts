import { describe, expect, test } from "vitest";
import { gb18030, utf16 } from "#testing/factories/encodings.ts";
import { decodeList } from "./decode-list.ts";
import { ListFault } from "./list-fault.ts";

const LIST = "客户号,原保额,原保障信息\r\n401001,100.00,重疾险 A\r\n";
const utf8 = (text: string) => Buffer.from(text);

/** The fault that bytes have. */
function faultOf(bytes: Uint8Array, asked: Parameters<typeof decodeList>[1] = "auto"): ListFault {
  try {
    decodeList(bytes, asked);
  } catch (error) {
    if (error instanceof ListFault) return error;
    throw error;
  }
  throw new Error("no fault");
}

describe("a list", () => {
  test.each([
    ["UTF-8", utf8(LIST), "utf-8"],
    ["UTF-8 with its mark", utf8(`\uFEFF${LIST}`), "utf-8"],
    ["UTF-16, little end first", utf16(LIST, "le"), "utf-16le"],
    ["UTF-16, big end first", utf16(LIST, "be"), "utf-16be"],
    ["GB18030", gb18030(LIST), "gb18030"],
    ["GB18030 with its mark", Buffer.concat([Buffer.of(0x84, 0x31, 0x95, 0x33), gb18030(LIST)]), "gb18030"],
  ])("in %s is found out and read whole", (_, bytes, encoding) => {
    expect(decodeList(bytes, "auto")).toEqual({ text: LIST, encoding });
  });

  test("of nothing but ASCII is UTF-8", () => {
    expect(decodeList(utf8("id;raw_premium"), "auto").encoding).toBe("utf-8");
  });

  test("is read as it was asked for, whatever it looks like", () => {
    const unmarked = utf16(LIST, "le").subarray(2);
    expect(decodeList(unmarked, "utf-16le")).toEqual({ text: LIST, encoding: "utf-16le" });
    expect(decodeList(utf8("é"), "gb18030").text).toBe("茅");
  });
});

describe("bytes that are no text are refused, and the line is named", () => {
  test.each([
    ["UTF-16 without its mark, little end", utf16(LIST, "le").subarray(2), "utf16_without_mark", "utf-16le"],
    ["UTF-16 without its mark, big end", utf16(LIST, "be").subarray(2), "utf16_without_mark", "utf-16be"],
    ["a workbook", Buffer.from("PK\x03\x04rest"), "workbook", undefined],
    ["an old workbook", Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 1), "workbook", undefined],
    ["UTF-32", Buffer.of(0xff, 0xfe, 0, 0, 0x69, 0, 0, 0, 0, 0xd8, 0, 0), "not_decodable", "utf-16le"],
  ])("%s", (_, bytes, code, encoding) => {
    const fault = faultOf(bytes);
    expect([fault.code, fault.place.encoding, fault.place.line]).toEqual([code, encoding, 1]);
  });

  test("UTF-8 with one broken byte is not passed off as GB18030", () => {
    const bytes = Buffer.concat([utf8(LIST), utf8("401002,5,"), Buffer.of(0xe9), utf8("疾\n")]);
    const fault = faultOf(bytes);
    expect([fault.code, fault.place.encoding, fault.place.line]).toEqual(["not_decodable", "utf-8", 3]);
    expect(fault.message).toContain("Line 3");
  });

  test("Latin-1 is neither", () => {
    const fault = faultOf(Buffer.from("id,raw_premium,raw_info\r7,5,caf\xe9\r", "latin1"));
    expect([fault.code, fault.place.encoding, fault.place.line]).toEqual(["not_decodable", "gb18030", 2]);
  });

  test("half a pair in UTF-16", () => {
    const bytes = Buffer.concat([utf16("id\n7\n", "le"), Buffer.of(0x00, 0xd8, 0x41, 0x00)]);
    expect(faultOf(bytes).place).toMatchObject({ line: 3, encoding: "utf-16le" });
  });
});
