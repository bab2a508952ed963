import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

const desk = cliOnDatabase();
const { cli, rowsOf, file } = desk;

describe("replay", () => {
  test("sends a CSV through a writer of its own, with the clock of the events (C3)", async () => {
    const path = await file(
      "orders.csv",
      "id,order_no,gmt_modified,account_payble\n7,A1,1763776800000,12.345\n7,,1,\n",
    );
    const { code, out } = await cli(["replay", path, "--stream", "orders", "--clock", "event"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      received: 2,
      accepted: 1,
      dispositions: { applied: 1, rejected: 1 },
    });
    expect(await rowsOf("SELECT * FROM adm_pfm_zy_order_gmv_msx_hs")).toEqual(["2025112210|12.35|1|0"]);
    const told = `SELECT actor LIKE 'cli:_%', subject, details->>'received', details->>'clock' FROM audit_entry JOIN audit_detail ON entry_id = id
      WHERE action = 'stream.replay'`;
    expect(await rowsOf(told)).toEqual(["t|stream orders|2|event"]);
  });

  const TIME = 1763776800000;
  /** Replays a file; what became of it, and the dead letters that it left. */
  async function replayed(name: string, content: string | Buffer, more: readonly string[] = []) {
    await desk.client.query("TRUNCATE dead_letter");
    const path = await file(name, content);
    const { code, out, error } = await cli([
      "replay",
      path,
      "--stream",
      "orders",
      "--clock",
      "event",
      ...more,
    ]);
    const deadLetters = await rowsOf("SELECT line, code FROM dead_letter ORDER BY line");
    return { code, error, deadLetters, ...(out === "" ? {} : JSON.parse(out)) };
  }

  test("case 06: U+2028 is text and ends no line (C13)", async () => {
    const lines = ["a", "a\u2028b", "a\u0085b"].map(
      (type, index) =>
        `{"id":"${index}","order_no":"U${index}","gmt_modified":${TIME},"order_type":"${type}"}`,
    );
    expect(await replayed("u2028.ndjson", lines.join("\n"))).toMatchObject({ received: 3, accepted: 3 });
  });

  test("case 07: a line that is not UTF-8 is refused, the others are taken (C7, C13)", async () => {
    const line = (no: Buffer) =>
      Buffer.concat([Buffer.from('{"id":"12","order_no":"'), no, Buffer.from(`","gmt_modified":${TIME}}\n`)]);
    const content = Buffer.concat([line(Buffer.from([0xc2, 0xfd])), line(Buffer.from("G3"))]);
    expect(await replayed("gbk.ndjson", content)).toMatchObject({
      code: 0,
      received: 2,
      accepted: 1,
      rejected: [{ line: 1, code: "bad_utf8" }],
      deadLetters: ["1|bad_utf8"],
    });
  });

  test("case 08: a row of another width costs itself alone (C7), and is told by its line of the file", async () => {
    const rows = [`21,B1,${TIME},1`, `22,B2,${TIME},1,234.56`, `23,B3,${TIME},1`, `24,B4,soon,1`];
    const content = `id,order_no,gmt_modified,account_payble\n${rows.join("\n")}\n`;
    const rejected = [
      { line: 3, code: "bad_type", field: null },
      { line: 5, code: "bad_time", field: "gmt_modified" },
    ];
    for (const batch of ["1000", "1"]) {
      expect(await replayed("wide.csv", content, ["--batch", batch])).toMatchObject({
        code: 0,
        received: 4,
        accepted: 2,
        rejected,
        deadLetters: ["3|bad_type", "5|bad_time"],
      });
    }
  });

  test("case 09: blanks around the names of columns are no matter", async () => {
    const content = `id, order_no, gmt_modified\n61,H1,${TIME}\n`;
    expect(await replayed("blanks.csv", content)).toMatchObject({ received: 1, accepted: 1 });
  });

  test("an empty array says that it held nothing, as over HTTP", async () => {
    expect(await replayed("none.json", "[]")).toMatchObject({ code: 0, received: 0, accepted: 0 });
  });

  test("a file of which nothing can be taken ends with 1 and says why", async () => {
    for (const [name, content, why] of [
      ["header.csv", "id,order_no,gmt_modified\n", "no rows"],
      ["empty.ndjson", "\n\n", "empty"],
      ["twice.csv", `id,order_no,gmt_modified,id\n1,A,${TIME},2\n`, "the column id twice"],
      ["cut.ndjson.gz", gzipSync(`{"id":"${"7".repeat(500)}"}`).subarray(0, 25), "breaks off"],
      [
        "refused.csv",
        "id,order_no,gmt_modified\nx,A,1\n",
        "The only record, in line 2, was not taken: id: must be",
      ],
      ["broken.ndjson", "no\n", "The only record, in line 1, was not taken: the line is not JSON. It"],
      [
        "both.ndjson",
        "no\nno\n",
        "None of the 2 records was taken; the first, in line 1: the line is not JSON. They",
      ],
    ] as const) {
      const { code, error } = await replayed(name, content);
      expect([name, code, error]).toEqual([name, 1, expect.stringContaining(why)]);
    }
  });

  test("a file under a name of another kind is told how names are read", async () => {
    const row = `id\torder_no\tgmt_modified\n7\tT1\t${TIME}\n`;
    for (const name of ["orders.tsv", "orders.txt", "orders"]) {
      const { code, error } = await replayed(name, row);
      expect([code, error]).toEqual([
        1,
        expect.stringMatching(/decides how it is read: \.csv .*\.json .*\.gz/),
      ]);
    }
    expect((await replayed("width.csv", "id,order_no,gmt_modified\n7\n")).error).not.toContain("decides");
  });

  test("packed bytes under a plain name are refused before anything is read: no dead letter of them", async () => {
    const line = Buffer.from(`{"id":"7","order_no":"P1","gmt_modified":${TIME}}\n`);
    const zip = Buffer.concat([Buffer.from("504b0304", "hex"), line]);
    for (const [name, bytes, why] of [
      ["packed.ndjson", gzipSync(line), "packed with gzip. Give it a name that ends with .gz"],
      ["packed.csv", zstdCompressSync(line), "packed with zstd. Give it a name that ends with .zst"],
      ["twice.ndjson.gz", gzipSync(gzipSync(line)), "packed with gzip"],
      ["orders.xlsx", zip, "workbook. Save it as CSV UTF-8"],
    ] as const) {
      const { code, error, deadLetters } = await replayed(name, bytes);
      expect([code, error, deadLetters]).toEqual([1, expect.stringContaining(why), []]);
    }
  });

  test("says what is wrong with its options", async () => {
    expect((await cli(["replay", "-", "--stream", "claims"])).error).toContain("--stream is orders");
    expect((await cli(["replay", "-", "--stream", "orders", "--speed", "0"])).error).toContain("--speed");
    expect((await cli(["replay", "--fast"])).error).toContain("Usage: replay FILE");
  });
});
