import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import type { BodyFormat } from "../contracts/batch.ts";
import type { Encoding } from "../reader/media-type.ts";

/**
 * Files as senders really make them, and as nobody should: every kind of line end mixed, quotes that match and quotes that do
 * not, byte order marks, NUL, U+2028, bytes of another encoding, rows of the wrong width, blank rows, headers that are padded or
 * name a column twice, numbers that are long or have exponents, packed in one or several members.
 */

const COLUMNS = ["id", "order_no", "gmt_modified", "account_payble", "customer_tel"] as const;

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
const header = fc.oneof(
  { weight: 12, arbitrary: fc.constant(COLUMNS.join(",")) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ` ${COLUMNS.join(" , ")} `,
      `"${COLUMNS.join('","')}"`,
      'id,order_no,gmt_modified,"account\n_payble",customer_tel',
      "id,order_no,gmt_modified,,",
      "order_no,id,gmt_modified,保费,customer_tel",
      `\r\n\n${COLUMNS.join(",")}`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "id,order_no,gmt_modified,id,x",
      "a, a ,b,c,d",
      ",,,,",
      'id,"order_no',
      "__proto__,id,x,y,z",
    ),
  },
);

const quotedJson = (value: string): string => JSON.stringify(value);
const member = (now: number) =>
  fc
    .tuple(
      fc.constantFrom(...COLUMNS, "unknown"),
      values(now),
      fc.constantFrom("text", "text", "bare", "null"),
    )
    .map(
      ([name, value, style]) =>
        `"${name}":${style === "null" ? "null" : style === "bare" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? value : quotedJson(value)}`,
    );
const object = (now: number) =>
  fc.oneof(
    fc
      .nat(9)
      .map(
        (id) => `{"id":${id},"order_no":"A","gmt_modified":${now},"account_payble":1.5,"customer_tel":100.0}`,
      ),
    fc.array(member(now), { maxLength: 6 }).map((members) => `{${members.join(",")}}`),
    fc
      .array(member(now), { maxLength: 2 })
      .map(
        (members) =>
          `{"id":"7","order_no":"A","gmt_modified":${now}${members.map((one) => `,${one}`).join("")}}`,
      ),
    fc.constantFrom("{", "null", "7", '"x"', "[]", "{}", "{}{}", ""),
  );

const joined = (lines: fc.Arbitrary<string>) =>
  fc.tuple(fc.array(fc.tuple(lines, lineEnd), { maxLength: 14 }), fc.boolean()).map(([rows, endsOpen]) => {
    const text = rows.map(([line, end]) => `${line}${end}`).join("");
    return endsOpen ? text.replace(/[\r\n ]+$/, "") : text;
  });

function textOf(now: number): fc.Arbitrary<{ readonly format: BodyFormat; readonly text: string }> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(header, lineEnd, joined(csvLine(now)))
        .map(([names, end, rows]) => ({ format: "csv" as const, text: `${names}${end}${rows}` })),
    },
    { weight: 3, arbitrary: joined(object(now)).map((text) => ({ format: "ndjson" as const, text })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(object(now), { maxLength: 12 }),
          fc.constantFrom("[]", "[]", "[]", "[", "[]]", "[],"),
          lineEnd,
        )
        .map(([items, around, space]) => {
          const text = `${around[0]}${space}${items.join(`${space},`)}${around.slice(1)}${space}`;
          return { format: "json" as const, text };
        }),
    },
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

export const givenFile = (now: number): fc.Arbitrary<GivenFile> =>
  fc
    .record({
      content: textOf(now),
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
