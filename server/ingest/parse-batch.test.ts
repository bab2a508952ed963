import { describe, expect, test, vi } from "vitest";
import { at, fen } from "#testing/factories/events.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import { TooLarge } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";
import { eventClockOf } from "./clock-header.ts";
import { parseBatch } from "./parse-batch.ts";

const NOW = at("11-22 12:00");
const CLOCK = { kind: "wall", now: NOW, skewMs: 300_000 } as const;
const order = (orderNo: string, more = ""): string =>
  `{"id":"7","order_no":"${orderNo}","gmt_modified":${NOW}${more}}`;

const orders = (format: BodyFormat, body: string | Buffer) =>
  parseBatch("orders", format, Buffer.from(body), CLOCK);

async function orderNumbers(format: BodyFormat, body: string | Buffer): Promise<string[]> {
  return [...(await orders(format, body)).events].map((event) => event.orderNo);
}

describe("NDJSON", () => {
  test("byte order mark, CRLF, blank lines and a missing last line feed are no matter", async () => {
    const body = `\ufeff${order("A")}\r\n\r\n  \n${order("B")}\n\t${order("C")}`;
    expect(await orderNumbers("ndjson", body)).toEqual(["A", "B", "C"]);
  });

  test("a reject tells its line, blank lines counted", async () => {
    const batch = await orders("ndjson", `\n${order("A")}\n\n{\n`);
    expect(batch).toMatchObject({ received: 2, rejects: [{ line: 4, code: "bad_json" }] });
  });

  test("of a key given twice the last one counts", async () => {
    expect(await orderNumbers("ndjson", order("A", ',"order_no":"B"'))).toEqual(["B"]);
  });

  test("unknown fields are counted, __proto__ among them", async () => {
    const batch = await orders("ndjson", order("A", ',"x":1,"__proto__":{"id":"8"}'));
    expect(batch.unknownFields).toBe(2);
    expect([...batch.events]).toMatchObject([{ userId: "7" }]);
  });

  test("deep nesting in an unknown field harms nobody", async () => {
    const deep = `${"[".repeat(20_000)}1e5${"]".repeat(20_000)}`;
    const batch = await orders("ndjson", `${order("A", `,"x":${deep}`)}\n${order("B")}`);
    expect(batch.received).toBe(2);
    expect([...batch.events].at(-1)?.orderNo).toBe("B");
  });

  test("good lines beside bytes that are no UTF-8 stay whole", async () => {
    const bad = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xe9]), Buffer.from('"}\n')]);
    const batch = await orders("ndjson", Buffer.concat([bad, Buffer.from(order("保\ufffd"))]));
    expect([...batch.events].map((event) => event.orderNo)).toEqual(["保\ufffd"]);
    expect(batch.rejects).toMatchObject([{ line: 1, code: "bad_utf8" }]);
  });
});

test("a body of more lines than a batch may hold is refused whole", { tags: "slow" }, async () => {
  const line = `${order("A")}\n`;
  expect((await orders("ndjson", line.repeat(LIMITS.records))).received).toBe(LIMITS.records);
  await expect(orders("ndjson", line.repeat(LIMITS.records + 1))).rejects.toThrow(TooLarge);
});

test.each([
  ["ndjson", "{}\n".repeat(LIMITS.records + 1)],
  ["ndjson", "{}\r".repeat(LIMITS.records + 1)],
  ["json", `[${"{},".repeat(LIMITS.records)}{}]`],
] as const)("too many records, as %s, are refused before one of them is read", async (format, body) => {
  const parse = vi.spyOn(JSON, "parse");
  try {
    await expect(orders(format, body)).rejects.toThrow(TooLarge);
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

describe("a number counts as its decimal text (C4)", () => {
  test.each([
    ["1.005", "1.01"],
    ["-1.005", "-1.01"],
    ["1.00499999999999999999", "1.00"],
    ["0.1e1", "1.00"],
    ["1E2", "100.00"],
    ["9007199254740993.01", "9007199254740993.01"],
    ["1234567890123456.785", "1234567890123456.79"],
    ["4.35", "4.35"],
    ["0.0049999999999999999", "0.00"],
  ])("%s is %s", async (number, amount) => {
    const asNumber = order("A", `,"account_payble":${number}`);
    const asText = order("A", `,"account_payble":"${number}"`);
    for (const body of [asNumber, asText, order("A", `,"account_payble" : \t${number}`)]) {
      const { events } = await orders("ndjson", body);
      expect(events.at(0).payable).toBe(fen(amount));
    }
  });

  test("an order number of 20 digits keeps them all", async () => {
    const body = `{"id":7,"order_no":12345678901234567890,"gmt_modified":${NOW}}`;
    expect(await orderNumbers("ndjson", body)).toEqual(["12345678901234567890"]);
  });
});

describe("JSON array", () => {
  test("white space, nesting and brackets in texts", async () => {
    const body = ` [ ${order("A]")} ,\n${order('B\\"', ',"x":[1,{"y":"]}"}]')}\n] `;
    expect(await orderNumbers("json", body)).toEqual(["A]", 'B"']);
  });

  test("one bad element harms no other (C7)", async () => {
    const batch = await orders("json", `[${order("A")},{"id":},7,${order("B")}]`);
    expect(batch.events.length).toBe(2);
    expect(batch.rejects).toMatchObject([
      { line: 2, code: "bad_json" },
      { line: 3, code: "bad_json" },
    ]);
  });

  test("an empty array is an empty batch", async () => {
    const batch = await orders("json", "[ ]");
    expect(batch).toMatchObject({ received: 0, rejects: [] });
    expect(batch.events.length).toBe(0);
  });

  test("the dead letter is the element as it was sent", async () => {
    const { rejects } = await orders("json", '[ {"id" : 1.50} ]');
    expect(Buffer.from(rejects[0]?.raw ?? []).toString()).toBe('{"id" : 1.50}');
  });

  test("of a CSV it is what the header makes of the row, so that it can be read again", async () => {
    const { rejects } = await orders("csv", 'id,order_no,customer_name\nx,,"A\nB"\n');
    expect(Buffer.from(rejects[0]?.raw ?? []).toString()).toBe(
      '{"id":"x","order_no":null,"customer_name":"A\\nB"}',
    );
  });

  test("nested beyond any stack it is one reject", async () => {
    const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
    const batch = await orders("json", `[{"id":${deep}},${order("B")}]`);
    expect(batch).toMatchObject({ received: 2, rejects: [{ line: 1 }] });
    expect([...batch.events]).toMatchObject([{ orderNo: "B" }]);
  });

  test.each([
    ["an object", "{}"],
    ["cut off", `[${order("A")}`],
    ["cut off in a text", '[{"id":"7'],
    ["cut off after a comma", `[${order("A")},`],
    ["two arrays", `[${order("A")}][]`],
    ["a bracket too many", "[}]"],
    ["no JSON", "id=7"],
    ["a hundred thousand brackets", "[".repeat(100_000)],
  ])("%s cannot be read at all", async (_why, body) => {
    await expect(orders("json", body)).rejects.toMatchObject({ status: 400 });
  });
});

describe("CSV", () => {
  const HEADER = "id,order_no,gmt_modified,account_payble,customer_name";

  test("texts, quotes, empty cells and a byte order mark", async () => {
    const body = `\ufeff${HEADER}\r\n9223372036854775807,"A,1",${NOW},1.005,"Li ""Lee"""\r\n\r\n8,B,${NOW},,\r\n`;
    const { events } = await orders("csv", body);
    expect([...events]).toMatchObject([
      { userId: "9223372036854775807", orderNo: "A,1", payable: fen("1.01"), customerName: 'Li "Lee"' },
      { userId: "8", orderNo: "B", payable: null, customerName: null },
    ]);
  });

  test("rejects tell the line of the file", async () => {
    const batch = await orders("csv", `${HEADER}\n7,A,${NOW},1,\n\n7,B\n7,C,${NOW},free,\n7,D,${NOW},1,\n`);
    expect(batch.received).toBe(4);
    expect(batch.rejects).toMatchObject([
      { line: 4, code: "bad_type" },
      { line: 5, code: "bad_amount", field: "account_payble" },
    ]);
  });

  test("a quote that is never closed costs its own line only (C7)", async () => {
    const rows = [`1,A,${NOW},1,`, `2,"B,${NOW},1,`, `3,C,${NOW},1,`, `4,"D",${NOW},1,x`];
    const batch = await orders("csv", `${HEADER}\n${rows.join("\n")}\n`);
    expect([...batch.events].map((event) => event.orderNo)).toEqual(["A", "C", "D"]);
    expect(batch.rejects).toMatchObject([{ line: 3, code: "bad_type" }]);
  });

  test("a cell over two lines is one row, known by its first line", async () => {
    const batch = await orders("csv", `${HEADER}\n7,A,${NOW},x,"Li\nLee"\n8,B,${NOW},1,"Li\nLee"\n`);
    expect(batch.rejects).toMatchObject([{ line: 2, code: "bad_amount" }]);
    expect([...batch.events]).toMatchObject([{ customerName: "Li\nLee" }]);
  });

  test("a row that is no UTF-8 harms no other", async () => {
    const rows = [Buffer.from(`${HEADER},保\n1,A,${NOW},1,`), Buffer.from([0xe9, 0x2c, 0x0a])];
    const batch = await orders("csv", Buffer.concat([...rows, Buffer.from(`2,B,${NOW},1,保\ufffd,\n`)]));
    expect(batch.rejects).toMatchObject([{ line: 2, code: "bad_utf8" }]);
    expect([...batch.events]).toMatchObject([{ orderNo: "B", customerName: "保\ufffd" }]);
  });

  test("without a header it cannot be read", async () => {
    await expect(orders("csv", ",,\n1,2,3\n")).rejects.toMatchObject({ status: 400 });
  });

  test("page views and premium changes take texts for numbers", async () => {
    const views = Buffer.from(`log_time,account_id,device_id\n${NOW / 1000},a1,\n${NOW},,d\n`);
    const seen = await parseBatch("page_views", "csv", views, CLOCK);
    expect(seen.events).toMatchObject([
      { logTime: NOW, accountId: "a1", deviceId: "" },
      { logTime: NOW, accountId: null, deviceId: "d" },
    ]);
    const changes = Buffer.from(`id,now_premium,gmt_modified\n7,722.49,${NOW}\n7,,${NOW}\n`);
    const changed = await parseBatch("premium_changes", "csv", changes, CLOCK);
    expect(changed.events).toMatchObject([{ nowPremium: fen("722.49") }]);
    expect(changed.rejects).toMatchObject([{ line: 3, code: "bad_amount", field: "now_premium" }]);
  });
});

test.each(["ndjson", "json", "csv"] as const)("an empty body (%s) is a bad request", async (format) => {
  for (const body of ["", "\ufeff", " \r\n\n"]) {
    await expect(orders(format, body)).rejects.toMatchObject({ status: 400 });
  }
});

describe("the event clock (C3)", () => {
  test("stands at the greatest event time, never before its beginning", async () => {
    const body = Buffer.from(order("A"));
    const early = await parseBatch("orders", "ndjson", body, { kind: "event", from: 0 });
    expect(early).toMatchObject({ acceptedAt: NOW, eventClock: true });
    const late = await parseBatch("orders", "ndjson", body, { kind: "event", from: NOW + 5 });
    expect(late.acceptedAt).toBe(NOW + 5);
  });

  test("knows no future, but years of four digits only", async () => {
    const body = Buffer.from(`{"id":"7","order_no":"A","gmt_modified":${Date.UTC(9999, 5, 1)}}`);
    const batch = await parseBatch("orders", "ndjson", body, { kind: "event", from: 0 });
    expect(batch.rejects).toMatchObject([{ code: "event_in_future" }]);
  });

  test("is named by a header", () => {
    expect(eventClockOf(undefined)).toBeNull();
    expect(eventClockOf("wall")).toBeNull();
    expect(eventClockOf("event")).toBe(0);
    expect(eventClockOf("event; from=1773072000057")).toBe(1773072000057);
    for (const wrong of ["sun", "event; from=x", "event; from=-1", "event; from=9999999999999999"]) {
      expect(() => eventClockOf(wrong)).toThrow("Tidewatch-Clock");
    }
  });
});
