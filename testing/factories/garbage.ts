/**
 * Malformed input lines, deterministic by seed: what broken senders and hostile ones produce. Each line holds no line
 * end; its bytes need not be UTF-8.
 */

/** A telephone number that stands in many of the lines and must never be repeated in a message. */
export const SECRET_TELEPHONE = "13912345678";

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Maker = (random: () => number) => Buffer;

const text = (line: string): Buffer => Buffer.from(line, "utf8");

/** An order that is whole but for the given fields, as JSON text by field. */
function order(given: Readonly<Record<string, string>>): Buffer {
  const fields = {
    id: '"7"',
    order_no: '"A1"',
    gmt_modified: "1795312800000",
    customer_tel: `"${SECRET_TELEPHONE}"`,
    ...given,
  };
  const members = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${value}`);
  return text(`{${members.join(",")}}`);
}

const MAKERS: readonly Maker[] = [
  (random) => Buffer.from(Array.from({ length: 1 + Math.floor(random() * 60) }, () => byteOf(random))),
  () => Buffer.concat([text('{"id":"7","customer_name":"'), Buffer.from([0xff, 0xfe, 0x80]), text('"}')]),
  () => Buffer.concat([order({}), Buffer.from([0xc3])]),
  (random) => order({}).subarray(0, 1 + Math.floor(random() * 40)),
  (random) => order({ id: "[".repeat(1 + Math.floor(random() * 3_000)) }),
  (random) => order({ id: `${"[".repeat(2_000)}${"]".repeat(2_000)}${random() < 0.5 ? "" : "]"}` }),
  (random) => order({ account_payble: `${"9".repeat(17 + Math.floor(random() * 300))}` }),
  () => order({ account_payble: "1e400" }),
  () => order({ account_payble: `"${SECRET_TELEPHONE} yuan"` }),
  () => order({ id: "9007199254740993" }),
  () => order({ id: `"${"9".repeat(30)}"` }),
  () => order({ id: "1.5" }),
  () => order({ id: "null" }),
  () => order({ order_no: `"a\\u0000${SECRET_TELEPHONE}"` }),
  () => order({ customer_name: '"\\ud800"' }),
  () => order({ customer_tel: `{"tel":"${SECRET_TELEPHONE}"}` }),
  () => order({ gmt_modified: `"${SECRET_TELEPHONE}x"` }),
  () => order({ gmt_modified: "1e300" }),
  () => order({ gmt_modified: "0" }),
  () => order({ gmt_modified: "253370764800001" }),
  () => order({ order_no: `"${SECRET_TELEPHONE.repeat(500)}"` }),
  () => order({ customer_name: `"${SECRET_TELEPHONE.repeat(7_000)}"` }),
  () => text('{"__proto__":{"id":"7","order_no":"A1","gmt_modified":1795312800000}}'),
  () => text('{"constructor":{"prototype":{"id":1}},"toString":1}'),
  () => text(`\ufeff{"id":"7","customer_tel":"${SECRET_TELEPHONE}"}`),
  () => text(`{"id":"7","customer_tel":"${SECRET_TELEPHONE}"}\u2028{"id":"8"}`),
  () => text(`"${SECRET_TELEPHONE}"`),
  () => text(`[${SECRET_TELEPHONE}]`),
  () => text(SECRET_TELEPHONE),
  () => text("1e5"),
  () => text("null"),
  () => text("\0\0\0"),
];

function byteOf(random: () => number): number {
  const byte = Math.floor(random() * 256);
  return byte === 0x0a || byte === 0x0d ? 0x0b : byte;
}

/** One malformed line of the stream orders. */
export function garbageLine(random: () => number): Buffer {
  const make = MAKERS[Math.floor(random() * MAKERS.length)] as Maker;
  return make(random);
}

/** Lines joined by line feeds or by carriage return and line feed. Blank lines, which are nothing, are none of them. */
export function garbageBody(seed: number, lines: number): Buffer {
  const random = randomOf(seed);
  const parts: Buffer[] = [];
  for (let line = 0; line < lines; line += 1) {
    const made = garbageLine(random);
    parts.push(made.toString("latin1").trim() === "" ? text("{") : made);
    parts.push(text(random() < 0.5 ? "\n" : "\r\n"));
  }
  return Buffer.concat(parts);
}
