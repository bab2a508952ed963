import { isUtf8 } from "node:buffer";
import type { Encoding } from "#server/contracts/list-form.ts";
import { ListFault } from "./list-fault.ts";

/** Bytes that are looked at to guess UTF-16. */
const SAMPLE = 4_096;
/** Share of bytes that are zero from which a text is UTF-16: each of its digits and separators has one. */
const ZERO_SHARE = 0.05;
/** Of those, the share that lies on one side of the pairs. */
const ONE_SIDED = 0.9;

/** First bytes that say how the rest is written. */
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: "gb18030" },
];
/** First bytes of .xlsx (a ZIP archive) and of .xls. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

export interface DecodedList {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * The text of a list, in the encoding that was asked for or else found out. Nothing is replaced: bytes that are no text in
 * that encoding refuse the file.
 * @throws {ListFault} workbook, utf16_without_mark or not_decodable
 */
export function decodeList(bytes: Uint8Array, asked: Encoding | "auto"): DecodedList {
  if (WORKBOOKS.some((start) => startsWith(bytes, start))) {
    const message =
      "This is a spreadsheet's workbook. Save it as CSV UTF-8 in the spreadsheet, and send that.";
    throw new ListFault("workbook", message, { line: 1 });
  }
  const encoding = asked === "auto" ? encodingOf(bytes) : asked;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { text: text.replace(/^\uFEFF/, ""), encoding }; // the mark of GB18030 is left by the decoder
  } catch {
    throw notDecodable(bytes, encoding);
  }
}

/** @throws {ListFault} utf16_without_mark or not_decodable */
function encodingOf(bytes: Uint8Array): Encoding {
  const marked = MARKS.find((mark) => startsWith(bytes, mark.bytes));
  if (marked) return marked.encoding;
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked) {
    const message = `The file looks like UTF-16 without its byte order mark. Choose ${unmarked.toUpperCase()}, or save it as CSV UTF-8.`;
    throw new ListFault("utf16_without_mark", message, { line: 1, encoding: unmarked });
  }
  if (isUtf8(bytes)) return "utf-8";
  if (isMostlyUtf8(bytes)) throw notDecodable(bytes, "utf-8");
  return "gb18030";
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Which UTF-16 the bytes are by the place of their zeros, if they are. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, SAMPLE);
  let [even, odd] = [0, 0];
  for (const [at, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < sample.length * ZERO_SHARE || even + odd === 0) return null;
  if (odd > (even + odd) * ONE_SIDED) return "utf-16le";
  return even > (even + odd) * ONE_SIDED ? "utf-16be" : null;
}

/** A UTF-8 file with a broken byte would often pass as GB18030, every letter of it wrong. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let [right, wrong] = [0, 0];
  for (const character of new TextDecoder("utf-8").decode(bytes)) {
    if (character === "\uFFFD") wrong += 1;
    else if (character > "\u007f") right += 1;
  }
  return right > wrong;
}

function notDecodable(bytes: Uint8Array, encoding: Encoding): ListFault {
  const line = firstWrongLine(bytes, encoding);
  const message = `Line ${line} is no text in ${encoding.toUpperCase()}. Choose another encoding, or save the file as CSV UTF-8.`;
  return new ListFault("not_decodable", message, { line, encoding });
}

function firstWrongLine(bytes: Uint8Array, encoding: Encoding): number {
  const loose = new TextDecoder(encoding).decode(bytes);
  const strict = new TextDecoder(encoding, { fatal: true });
  const encoded = encoding.startsWith("utf-16") ? null : linesOf(bytes);
  if (encoded === null) return loose.slice(0, loose.indexOf("\uFFFD")).split(LINE_END).length;
  for (const [index, line] of encoded.entries()) {
    try {
      strict.decode(line);
    } catch {
      return index + 1;
    }
  }
  return encoded.length;
}

const LINE_END = /\r\n|\r|\n/;

/** Neither UTF-8 nor GB18030 has the bytes of a line end within a character. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a && bytes[at] !== 0x0d) continue;
    lines.push(bytes.subarray(start, at));
    if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 1;
    start = at + 1;
  }
  lines.push(bytes.subarray(start));
  return lines;
}
