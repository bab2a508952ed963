import { describe, expect, test } from "vitest";
import type { BodyFormat } from "#server/contracts/batch.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import { parseBatch } from "#server/ingest/parse-batch.ts";
import { readKeyUsers, validateKeyUserRows } from "#server/key-users/read-key-user-rows.ts";
import { readListBody } from "#server/key-users/read-list-body.ts";
import { at } from "../factories/events.ts";

/** Inputs that were once read wrongly, with what they mean (rules C5, C7, C8, C13). The numbers are those of the cases. */

const NOW = at("11-22 12:00");
const CLOCK = { kind: "wall", now: NOW, skewMs: 300_000 } as const;

const take = (format: BodyFormat, text: string | Buffer, stream: StreamName = "orders") =>
  parseBatch(stream, format, Buffer.from(text), CLOCK);
const orderNumbers = async (format: BodyFormat, text: string) =>
  [...(await take(format, text)).events].map((order) => "orderNo" in order && order.orderNo);

async function list(text: string | Buffer, format: BodyFormat = "csv") {
  const rows = await readKeyUsers(Buffer.from(text), format);
  return validateKeyUserRows(rows, { latest: NOW + 300_000, blank: undefined });
}

const HEADER = "id,raw_premium,raw_info";

test("case 01: lines of a list that end now so, now so", async () => {
  const { rows, rejected } = await list(`${HEADER}\r\n9166,100,a\n9167,200,b\r9168,300,c\r\n`);
  expect(rejected).toEqual([]);
  expect(rows.map(({ line, userId, rawPremium, rawInfo }) => [line, userId, rawPremium, rawInfo])).toEqual([
    [2, "9166", "100.00", "a"],
    [3, "9167", "200.00", "b"],
    [4, "9168", "300.00", "c"],
  ]);
});

test.each([
  ["case 02: a cell too many", "9300,12,345.00,gold"],
  ["case 03: a cell too few", "9302,100"],
])("%s refuses the row", async (_, row) => {
  expect(await list(`${HEADER}\n${row}\n`)).toMatchObject({
    rows: [],
    rejected: [{ line: 2, code: "bad_type", field: null }],
  });
});

test("case 04: lines that end with a carriage return alone", async () => {
  const csv = `id,order_no,gmt_modified\r94001,CR1,${NOW}\r94002,CR2,${NOW}\r`;
  expect(await take("csv", csv)).toMatchObject({ received: 2, rejects: [] });
  const lines = ["CR1", "CR2"].map((no) => `{"id":"1","order_no":"${no}","gmt_modified":${NOW}}`);
  expect(await orderNumbers("ndjson", lines.join("\r"))).toEqual(["CR1", "CR2"]);
  expect(await orderNumbers("ndjson", `${lines.join("\r\n")}\r`)).toEqual(["CR1", "CR2"]);
});

describe("case 05: the text of a number does not depend on its neighbours", () => {
  const BESIDE = [
    "",
    ',"account_payble":10.5',
    ',"account_payble":0.30000000000000004',
    ',"order_price":1e3',
    ',"x":[1E9]',
  ];
  const order = (more: string) =>
    `{"id":93001,"order_no":7.0,"gmt_modified":${NOW}.0,"customer_tel":100.0,"order_type":-0.0${more}}`;

  test.each(BESIDE)("of an order%s", async (more) => {
    const { events, rejects } = await take("ndjson", order(more));
    expect(rejects).toEqual([]);
    expect([...events]).toMatchObject([
      { userId: "93001", orderNo: "7", gmtModified: NOW, customerTel: "100", orderType: "0" },
    ]);
  });

  test.each(["", ',"x":0.30000000000000004', ',"x":1e3'])("of a page view and a change%s", async (more) => {
    const view = `{"log_time":${NOW / 1000}.0,"account_id":88.0,"device_id":1e2,"page_name":1.50${more}}`;
    expect((await take("ndjson", view, "page_views")).events).toMatchObject([
      { logTime: NOW, accountId: "88", deviceId: "100", pageName: "1.5" },
    ]);
    const change = `{"id":7.00,"now_premium":10.0,"gmt_modified":${NOW},"open_id":5.0${more}}`;
    expect((await take("ndjson", change, "premium_changes")).events).toMatchObject([
      { userId: "7", nowPremium: 1000n, openId: "5" },
    ]);
  });

  test("and a cell of a table is text as it stands", async () => {
    const csv = `id,order_no,gmt_modified,account_payble,customer_tel\n7,7.0,${NOW},1e3,100.0\n`;
    expect([...(await take("csv", csv)).events]).toMatchObject([
      { orderNo: "7.0", payable: 100_000n, customerTel: "100.0" },
    ]);
  });
});

test("case 06: U+2028, U+2029 and U+0085 are text", async () => {
  const text = "a\u2028b\u2029c\u0085d";
  const line = `{"id":"2","order_no":"U2","gmt_modified":${NOW},"order_type":"${text}"}`;
  expect(await take("ndjson", `${line}\n${line}`)).toMatchObject({ received: 2, rejects: [] });
  const csv = `id,order_no,gmt_modified,order_type\n2,U2,${NOW},${text}\n`;
  expect([...(await take("csv", csv)).events]).toMatchObject([{ orderType: text }]);
});

test("case 07: bytes of another encoding are refused, not replaced", async () => {
  const gbk = Buffer.from([0xc2, 0xfd]);
  const line = Buffer.concat([
    Buffer.from('{"id":"12","order_no":"G2-'),
    gbk,
    Buffer.from(`","gmt_modified":${NOW}}`),
  ]);
  expect(await take("ndjson", line)).toMatchObject({ received: 1, rejects: [{ line: 1, code: "bad_utf8" }] });
  const csv = Buffer.concat([Buffer.from(`${HEADER}\n9406,100,`), gbk, Buffer.from("\n")]);
  await expect(list(csv)).rejects.toThrow("not UTF-8");
});

test("case 08: a row of another width costs itself alone", async () => {
  const rows = [`21,B1,${NOW},1`, `22,B2,${NOW},1,234.56`, `23,B3,${NOW},1`];
  const csv = `id,order_no,gmt_modified,account_payble\n${rows.join("\n")}\n`;
  expect(await take("csv", csv)).toMatchObject({ received: 3, rejects: [{ line: 3, code: "bad_type" }] });
  expect(await orderNumbers("csv", csv)).toEqual(["B1", "B3"]);
});

test("case 09: blanks around the names of columns", async () => {
  expect(await orderNumbers("csv", `id, order_no,\tgmt_modified \n61,H1,${NOW}\n`)).toEqual(["H1"]);
});

test("case 12: a row without anything in it is no row", async () => {
  expect(await list(`${HEADER}\n9404,100,a\n,,\n , ,\n`)).toMatchObject({
    rows: [{ userId: "9404" }],
    rejected: [],
  });
  const csv = `id,order_no,gmt_modified\n108,C8,${NOW}\n,,\n"","",\n,,,,,\n`;
  expect(await take("csv", csv)).toMatchObject({ received: 1, rejects: [] });
});

test("case 13: a column that is named twice refuses the file", async () => {
  const csv = `id,order_no,gmt_modified,account_payble, account_payble\n94003,DH1,${NOW},100,999\n`;
  await expect(take("csv", csv)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining("twice"),
  });
  await expect(list(`${HEADER},raw_premium\n9303,100,a,999\n`)).rejects.toMatchObject({ status: 400 });
  // What stands where names should may be a person's: it is not repeated.
  await expect(take("csv", "13800000001,13800000001\n1,2\n")).rejects.not.toThrow("138");
});

describe("case 14: a whole number is known by its digits", () => {
  const line = (id: string, time = `${NOW}`) => `{"id":${id},"order_no":"I","gmt_modified":${time}}`;

  test.each(["4503599627370497.5", "9007199254740990.7", "1.00000000000000000001", "1e-1", "0.5"])(
    "%s is none",
    async (id) => {
      expect((await take("ndjson", line(id))).rejects).toMatchObject([{ code: "bad_type", field: "id" }]);
    },
  );

  test.each(["9007199254740993", "1e300", "9007199254740992.0", "1e999999999999"])(
    "%s may have lost digits",
    async (id) => {
      expect((await take("ndjson", line(id))).rejects).toMatchObject([
        { code: "unsafe_integer", field: "id" },
      ]);
    },
  );

  test.each([
    ["1e3", "1000"],
    ["7.0", "7"],
    ["-7.50e1", "-75"],
    ["9007199254740991.000", "9007199254740991"],
    ["0e99999999999", "0"],
  ])("%s is %s", async (id, userId) => {
    expect([...(await take("ndjson", line(id))).events]).toMatchObject([{ userId }]);
  });

  test("as the time of an event as well", async () => {
    const times = [`${NOW}.00000000000000000001`, `${NOW}.5`, "1e400"];
    for (const time of times) {
      expect((await take("ndjson", line("7", time))).rejects).toMatchObject([
        { code: "bad_time", field: "gmt_modified" },
      ]);
    }
    expect([...(await take("ndjson", line("7", "1763776800e3"))).events]).toMatchObject([
      { gmtModified: 1763776800000 },
    ]);
  });
});

test("case 15: a baseline in seconds, or of a time to come, is refused (C8)", async () => {
  const times = ["1763776800", "2099-01-01T00:00:00Z", "946684799999", String(NOW + 300_001)];
  const { rejected } = await list(
    `${HEADER},baseline_as_of\n${times.map((time, id) => `${id},100,a,${time}`).join("\n")}`,
  );
  expect(rejected.map(({ line, code, field }) => [line, code, field])).toEqual(
    times.map((_, index) => [index + 2, "bad_time", "baseline_as_of"]),
  );
  const good = await list(
    `${HEADER},baseline_as_of\n1,100,a,${NOW + 300_000}\n2,100,a,2000-01-01T00:00:00Z\n3,1,a,\n`,
  );
  expect(good).toMatchObject({
    rows: [{ asOf: NOW + 300_000 }, { asOf: 946684800000 }, { asOf: null }],
    rejected: [],
  });
});

describe("case 16", () => {
  test("a: below zero before it is rounded", async () => {
    const { rejected } = await list(`${HEADER}\n9306,-0.001,a\n1,-1e-9,a\n2,-0.00,a\n`);
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, "bad_amount"],
      [3, "bad_amount"],
    ]);
  });

  test.each(["Text/CSV", "text/CSV; Charset=UTF-8"])("b: %s is a media type like another", async (type) => {
    const request = new Request("http://localhost/", {
      method: "POST",
      headers: { "content-type": type },
      body: HEADER,
    });
    expect((await readListBody(request)).format).toBe("csv");
  });

  test("c: a refused row over several lines is told by its first", async () => {
    const { rejected } = await list(`${HEADER}\r\n1,1,"x\r\ny"\r\n55,bad,"a\r\nb\r\nc"\r\n56,bad,\r\n`);
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [4, "bad_amount"],
      [7, "bad_amount"],
    ]);
  });
});

/** Texts that say nothing. */
const BLANKS = ["", " ", "\\t", "\u3000\u00a0"];

test("a blank text is none, of orders in every format (C13)", async () => {
  for (const blank of BLANKS) {
    const order = `{"id":"1","order_no":"A","gmt_modified":${NOW},"customer_tel":"${blank}","pay_time":"${blank}","account_payble":"${blank}"}`;
    for (const [format, body] of [
      ["ndjson", order],
      ["json", `[${order}]`],
      [
        "csv",
        `id,order_no,gmt_modified,customer_tel,pay_time,account_payble\n1,A,${NOW},${blank},${blank},${blank}\n`.replaceAll(
          "\\t",
          "\t",
        ),
      ],
    ] as const) {
      const { events, rejects } = await take(format, body);
      expect(rejects).toEqual([]);
      expect([...events], `${format} ${JSON.stringify(blank)}`).toMatchObject([
        { customerTel: null, payTime: null, payable: null },
      ]);
    }
    for (const field of ["id", "order_no", "gmt_modified"]) {
      const { rejects } = await take(
        "ndjson",
        JSON.stringify({ ...JSON.parse(order), [field]: JSON.parse(`"${blank}"`) }),
      );
      expect(rejects).toMatchObject([{ code: "missing_field", field }]);
    }
  }
});

test.each<[StreamName, string, (blank: string) => string, object]>([
  [
    "premium_changes",
    "id,now_premium,gmt_modified,now_info,channel",
    (blank) => `7,850.00,${NOW},${blank},${blank}`,
    { nowInfo: null, channel: null },
  ],
  [
    "page_views",
    "log_time,account_id,page_name,bury_point_type",
    (blank) => `${NOW},a1,${blank},${blank}`,
    { pageName: null, pageType: null },
  ],
])("a blank text is none, of %s in every format (C13)", async (stream, header, row, expected) => {
  for (const blank of BLANKS.map((text) => text.replaceAll("\\t", "\t"))) {
    const cells = row(blank).split(",");
    const record = Object.fromEntries(header.split(",").map((name, index) => [name, cells[index]]));
    for (const [format, body] of [
      ["csv", `${header}\n${row(blank)}\n`],
      ["ndjson", JSON.stringify(record)],
      ["json", JSON.stringify([record])],
    ] as const) {
      const { events, rejects } = await take(format, body, stream);
      expect(rejects).toEqual([]);
      expect([...events], `${format} ${JSON.stringify(blank)}`).toMatchObject([expected]);
    }
  }
});

test("a blank cover of the list is none, in every format (C13)", async () => {
  for (const blank of BLANKS.map((text) => text.replaceAll("\\t", "\t"))) {
    const record = JSON.stringify({ id: "7", raw_premium: "1", raw_info: blank });
    for (const [format, body] of [
      ["csv", `${HEADER}\n7,1,${blank}\n`],
      ["ndjson", record],
      ["json", `[${record}]`],
    ] as const) {
      const { rows, rejected } = await list(body, format);
      expect(rejected).toEqual([]);
      expect(rows).toMatchObject([{ rawInfo: null }]);
    }
  }
});

test("a file that is only a header says so", async () => {
  for (const csv of [
    "id,order_no,gmt_modified\n",
    "id,order_no,gmt_modified",
    "id,order_no,gmt_modified\n,,\n\n",
  ]) {
    await expect(take("csv", csv)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("no rows"),
    });
  }
  await expect(list(`${HEADER}\n`)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining("no rows"),
  });
});
