import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import type { BodyFormat } from "#server/contracts/batch.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import type { Encoding } from "#server/reader/media-type.ts";

/**
 * Files as senders really make them, and as nobody should: every kind of line end mixed, quotes that match and quotes that do
 * not, byte order marks, NUL, U+2028, bytes of another encoding, rows of the wrong width, blank rows, headers that are padded or
 * name a column twice, numbers that are long or have exponents, packed in one or several members.
 */

/** An id, a text, a time, an amount and another text, under the names that they have there. */
type Columns = readonly [string, string, string, string, string];
const COLUMNS: Readonly<Record<StreamName | "list", Columns>> = {
  orders: ["id", "order_no", "gmt_modified", "account_payble", "customer_tel"],
  premium_changes: ["id", "open_id", "gmt_modified", "now_premium", "now_info"],
  page_views: ["account_id", "page_name", "log_time", "device_id", "bury_point_type"],
  list: ["id", "raw_info", "baseline_as_of", "raw_premium", "note"],
};

export interface GivenFile {
  readonly format: BodyFormat;
  /** Unpacked. */
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  readonly packed: Buffer;
}

const lineEnd = fc.constantFrom("\n", "\r\n", "\r", "\n", "\r\n", "\n\n", "\r\r\n", " \n");

/** @param now ms; about which the times of the events lie */
const values = (now: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("7", "8", "A1", String(now), String(now - 1), "12.5", "138") },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...["88.0", "7.0", "1e3", "1E-7", "-0.001", "-0", "4503599627370497.5", "0.30000000000000004"],
        ...["9007199254740993", "1.00000000000000000001", "9223372036854775807", "1e400", "1.7e12", "007"],
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "",
        " ",
        "  ",
        "\u3000",
        "a\u2028b",
        "a\u0085b",
        "\0",
        "\ufeffx",
        "保费",
        "é",
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 70 }).map((thousands) => "x".repeat(thousands * 1_000)),
    },
  );

/** A cell as it is written: bare, quoted, quoted with what needs quotes, or with a quote that does not match. */
const cell = (now: number) =>
  fc
    .tuple(
      values(now),
      fc.constantFrom("bare", "bare", "bare", "bare", "quoted", "lines", "stray", "open", "late"),
    )
    .map(([value, style]) => {
      const doubled = value.replaceAll('"', '""');
      if (style === "quoted") return `"${doubled}"`;
      if (style === "lines") return `"${doubled},\n""${doubled}\r"`;
      if (style === "stray") return `${value}"`;
      if (style === "open") return `"${value}`;
      return style === "late" ? ` "${value}"` : value.replaceAll(/[",\r\n]/g, "");
    });

const goodRow = (now: number) =>
  fc
    .tuple(fc.nat(9), fc.constantFrom("A", "B", "C"))
    .map(([id, no]) => [String(id), no, String(now), "1.5", "138"].join());
const csvLine = (now: number) =>
  fc.oneof(
    { weight: 5, arbitrary: goodRow(now) },
    {
      weight: 4,
      arbitrary: fc.array(cell(now), { minLength: 5, maxLength: 5 }).map((cells) => cells.join(",")),
    },
    { weight: 1, arbitrary: fc.array(cell(now), { maxLength: 7 }).map((cells) => cells.join(",")) },
    { weight: 1, arbitrary: fc.constantFrom("", ",,,,", " , ,,, ", ",,", '"","",,,', "\t") },
  );
function headerOf(columns: Columns): fc.Arbitrary<string> {
  const [id, text, time, amount, other] = columns;
  const padded = [
    ` ${columns.join(" , ")} `,
    `"${columns.join('","')}"`,
    `${id},${text},${time},"${amount}\n",${other}`,
    `${id},${text},${time},${amount},`,
    `${text},${id},${time},${amount},保费`,
    `\r\n\n${columns.join(",")}`,
  ];
  const wrong = [
    `${id},${text},${time},${id},x`,
    "a, a ,b,c,d",
    ",,,,",
    `${id},"${text}`,
    "__proto__,id,x,y,z",
  ];
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(columns.join(",")) },
    { weight: 2, arbitrary: fc.constantFrom(...padded) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function jsonOf(value: string, style: string): string {
  if (style === "null") return "null";
  return style === "bare" && NUMBER.test(value) ? value : JSON.stringify(value);
}

function objectOf(columns: Columns, now: number): fc.Arbitrary<string> {
  const [id, text, time, amount, other] = columns;
  const member = fc
    .tuple(
      fc.constantFrom(...columns, "unknown"),
      values(now),
      fc.constantFrom("text", "text", "bare", "null"),
    )
    .map(([name, value, style]) => `"${name}":${jsonOf(value, style)}`);
  const good = `"${text}":"A","${time}":${now},"${amount}":"1.5"`;
  return fc.oneof(
    fc.nat(9).map((number) => `{"${id}":${number},${good},"${other}":100.0}`),
    fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(",")}}`),
    fc.array(member, { maxLength: 2 }).map((members) => `{${[`"${id}":"7",${good}`, ...members].join(",")}}`),
    fc.constantFrom("{", "null", "7", '"x"', "[]", "{}", "{}{}", ""),
  );
}

const joined = (lines: fc.Arbitrary<string>) =>
  fc.tuple(fc.array(fc.tuple(lines, lineEnd), { maxLength: 14 }), fc.boolean()).map(([rows, endsOpen]) => {
    const text = rows.map(([line, end]) => `${line}${end}`).join("");
    return endsOpen ? text.replace(/[\r\n ]+$/, "") : text;
  });

interface GivenText {
  readonly format: BodyFormat;
  readonly text: string;
}

function textOf(columns: Columns, now: number): fc.Arbitrary<GivenText> {
  const csv = fc
    .tuple(headerOf(columns), lineEnd, joined(csvLine(now)))
    .map(([names, end, rows]): GivenText => ({ format: "csv", text: `${names}${end}${rows}` }));
  const ndjson = joined(objectOf(columns, now)).map((text): GivenText => ({ format: "ndjson", text }));
  const brackets = fc.constantFrom("[]", "[]", "[]", "[", "[]]", "[],");
  const json = fc
    .tuple(fc.array(objectOf(columns, now), { maxLength: 12 }), brackets, lineEnd)
    .map(([items, around, space]): GivenText => {
      const text = `${around[0]}${space}${items.join(`${space},`)}${around.slice(1)}${space}`;
      return { format: "json", text };
    });
  return fc.oneof(
    { weight: 4, arbitrary: csv },
    { weight: 3, arbitrary: ndjson },
    { weight: 2, arbitrary: json },
  );
}

/** Bytes of another encoding in the middle: 险 in GB18030. */
const damage = fc.option(fc.nat(), { freq: 4 });
function damaged(bytes: Buffer, place: number | null): Buffer {
  if (place === null || bytes.length === 0) return bytes;
  const at = place % bytes.length;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xcf, 0xd5]), bytes.subarray(at)]);
}

/** Packs in as many members as there are parts. */
function pack(bytes: Buffer, encoding: Encoding, cuts: readonly number[]): Buffer {
  if (encoding === "identity") return bytes;
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const parts = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
  return Buffer.concat(parts.map((part) => (encoding === "gzip" ? gzipSync(part) : zstdCompressSync(part))));
}

/** @param kind what the file is of @param now ms; about which its times lie */
export const givenFile = (now: number, kind: keyof typeof COLUMNS): fc.Arbitrary<GivenFile> =>
  fc
    .record({
      content: textOf(COLUMNS[kind], now),
      bom: fc.constantFrom("", "", "\ufeff"),
      place: damage,
      encoding: fc.constantFrom<Encoding>("identity", "gzip", "zstd"),
      cuts: fc.array(fc.nat(), { maxLength: 3 }),
    })
    .map(({ content, bom, place, encoding, cuts }) => {
      const bytes = damaged(Buffer.from(bom + content.text), place);
      return { format: content.format, bytes, encoding, packed: pack(bytes, encoding, cuts) };
    });

/** The same bytes in chunks of these sizes, over and over. */
export async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let [start, turn] = [0, 0]; start < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}
