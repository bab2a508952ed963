import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gb18030 } from "#testing/factories/encodings.ts";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

const desk = cliOnDatabase();
const { cli, rowsOf, file } = desk;

describe("key-users import", () => {
  const rows = () => rowsOf("SELECT * FROM adm_zy_acct_sub_wechat_list ORDER BY id");
  const HEADER = "id,raw_premium,raw_info\n";

  test("dry run, import and import again", async () => {
    const path = await file(
      "list.ndjson.gz",
      gzipSync('{"id":7,"raw_premium":1000.005,"raw_info":"plan, A"}\n{"id":"8","raw_premium":"5"}\n'),
    );
    const dry = await cli(["key-users", "import", path, "--dry-run"]);
    expect(JSON.parse(dry.out)).toMatchObject({ added: 2, importId: null });
    expect(await rows()).toEqual([]);
    const real = await cli(["key-users", "import", path]);
    expect(JSON.parse(real.out)).toMatchObject({ added: 2, rejected: [] });
    expect(await rows()).toEqual(["7|1000.01|plan, A", "8|5.00|"]);
    const again = await cli(["key-users", "import", path]);
    expect(JSON.parse(again.out)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  });

  test("a refused line stops all, unless it is left out", async () => {
    const before = await rows();
    const path = await file("bad.csv", `${HEADER}9,10,x\n10,free,y\n`);
    const refused = await cli(["key-users", "import", path]);
    expect(refused).toMatchObject({ code: 1 });
    expect(JSON.parse(refused.out)).toMatchObject({
      importId: null,
      rejected: [{ line: 3, code: "bad_amount" }],
    });
    expect(refused.error).toContain("--skip-rejected");
    expect(await rows()).toEqual(before);
    const skipped = await cli(["key-users", "import", path, "--skip-rejected"]);
    expect(skipped.code).toBe(0);
    expect(await rows()).toEqual([...before, "9|10.00|x"]);
  });

  test("its log names file and counts; an import of it is undone, and once (W4)", async () => {
    const before = await rows();
    const path = await file("wrong.csv", `${HEADER}7,2000,other\n11,5,new\n`);
    const { importId } = JSON.parse((await cli(["key-users", "import", path])).out);
    const listed = await cli(["key-users", "imports"]);
    expect(listed.out.split("\n")[0]).toMatch(
      new RegExp(`^#${importId}  .*  cli:.*  wrong.csv: 1 added, 1 changed, 0 unchanged, 0 refused$`),
    );
    const dry = await cli(["key-users", "undo", `#${importId}`, "--dry-run"]);
    expect(JSON.parse(dry.out)).toMatchObject({ back: 1, removed: 1, left: 0, importId: null });
    const undone = await cli(["key-users", "undo", importId, "--reason", "wrong file"]);
    expect(JSON.parse(undone.out)).toMatchObject({ back: 1, removed: 1, left: 0 });
    expect(await rows()).toEqual(before);
    const again = await cli(["key-users", "undo", importId]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.error).toContain("has undone this import already");
    expect((await cli(["key-users", "imports"])).out).toMatch(
      new RegExp(`undo of #${importId}: 1 went back, 1 left the list, 0 were changed since and stay`),
    );
    expect((await cli(["key-users", "undo", "x"])).error).toContain("key-users imports lists them");
  });

  test("a record that is no JSON is refused by its line, as a row of a CSV is (C13)", async () => {
    const path = await file("broken.ndjson", '{"id":7,"raw_premium":"1"}\n{"id"\n');
    const { code, out } = await cli(["key-users", "import", path]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ importId: null, rejected: [{ line: 2, code: "bad_json" }] });
  });

  test("case 07: a list that is not UTF-8 is read as what it is, or refused; no letter is lost (C13)", async () => {
    const before = await rows();
    const gbk = Buffer.concat([Buffer.from(`${HEADER}9406,100,`), Buffer.from([0xc2, 0xfd, 0x0a])]);
    const dry = await cli(["key-users", "import", await file("gbk.csv", gbk), "--dry-run"]);
    expect(JSON.parse(dry.out)).toMatchObject({
      added: 1,
      reading: { encoding: "gb18030", separator: "comma" },
    });
    const latin = await file("latin.csv", Buffer.from(`${HEADER}9406,100,caf\xe9\n`, "latin1"));
    for (const args of [[latin], [await file("gbk.csv", gbk), "--encoding", "utf-8"]]) {
      const refused = await cli(["key-users", "import", ...args]);
      expect(refused).toMatchObject({ code: 1, out: "" });
      expect(refused.error).toContain("Line 2 is no text in");
    }
    expect(await rows()).toEqual(before);
  });

  test("a list as a spreadsheet saves it: GB18030, semicolons, Chinese names, blank cells kept or erased", async () => {
    const list = (lines: readonly string[]) =>
      gb18030(["客户号;原保额;原保障信息", ...lines, ""].join("\r\n"));
    const first = await file(
      "list.csv",
      list(['="401003";"￥ 1,234.50";重疾险', "'401002;1.2万;年金", "4E+17;1;x"]),
    );
    const answer = await cli(["key-users", "import", first, "--skip-rejected"]);
    expect(JSON.parse(answer.out)).toMatchObject({
      added: 2,
      rejected: [{ line: 4, code: "cut_id", message: expect.stringContaining("save again") }],
      reading: { encoding: "gb18030", separator: "semicolon" },
    });
    const listed = () =>
      rowsOf(
        "SELECT id, raw_premium, raw_info FROM adm_zy_acct_sub_wechat_list WHERE id > 401000 ORDER BY id",
      );
    expect(await listed()).toEqual(["401002|12000.00|年金", "401003|1234.50|重疾险"]);
    const blank = await file("blank.csv", list(["401002;;", "401003;1234.50;"]));
    await cli(["key-users", "import", blank]);
    expect(await listed()).toEqual(["401002|12000.00|年金", "401003|1234.50|重疾险"]);
    await cli(["key-users", "import", blank, "--blank", "erase", "--skip-rejected"]);
    expect(await listed()).toEqual(["401002|12000.00|年金", "401003|1234.50|"]);
    await desk.client.query("DELETE FROM baseline_change WHERE user_id > 401000");
    await desk.client.query("DELETE FROM key_user WHERE user_id > 401000");
    for (const [option, words] of [
      ["--blank", "--blank is keep or erase."],
      ["--encoding", "--encoding is auto, utf-8, utf-16le, utf-16be or gb18030."],
      ["--separator", "--separator is auto, comma, semicolon or tab."],
    ] as const) {
      expect((await cli(["key-users", "import", blank, option, "what"])).error).toContain(words);
    }
  });

  test("case 15: a baseline in seconds, or of a year to come, is refused (C8)", async () => {
    const list = `id,raw_premium,raw_info,baseline_as_of\n9304,100,a,1763776800\n9305,100,a,2099-01-01T00:00:00Z\n`;
    const { code, out } = await cli(["key-users", "import", await file("times.csv", list)]);
    expect(code).toBe(1);
    expect(JSON.parse(out).rejected).toMatchObject([
      { line: 2, code: "bad_time", field: "baseline_as_of" },
      { line: 3, code: "bad_time", field: "baseline_as_of" },
    ]);
  });

  test("what is no list is told so", async () => {
    const empty = await cli(["key-users", "import", await file("header.csv", HEADER)]);
    expect(empty).toMatchObject({ code: 1, out: "" });
    expect(empty.error).toContain("no rows");
    expect((await cli(["key-users", "import", join(desk.folder, "none.csv")])).error).toContain(
      "cannot be read",
    );
  });
});

describe("key-users export", () => {
  const EXPORTING = { PERSONAL_EXPORT: "administrators" };
  const acts = () =>
    rowsOf("SELECT action FROM audit_entry WHERE action LIKE '%.export' AND actor LIKE 'cli:%' ORDER BY id");

  test("writes names and telephones only where that is allowed, each time audited, and an import takes the file back", async () => {
    const list = await file("named.csv", "客户号,原保额,保障,姓名,手机号\n70001,1000,x,王小明,13812345678\n");
    expect((await cli(["key-users", "import", list])).code).toBe(0);
    const plain = join(desk.folder, "plain.csv");
    expect((await cli(["key-users", "export", plain, "--status", "all"])).out).toContain("without names");
    expect(await readFile(plain, "utf8")).not.toMatch(/customer_|王小明|138/);
    const clear = join(desk.folder, "clear.csv");
    const refused = await cli(["key-users", "export", clear, "--personal"]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.error).toContain("PERSONAL_EXPORT");
    expect(await acts()).toEqual(["key-users.export"]);
    expect((await cli(["key-users", "export", clear, "--personal"], EXPORTING)).code).toBe(0);
    expect(await readFile(clear, "utf8")).toContain("王小明,13812345678");
    expect((await stat(clear)).mode & 0o077).toBe(0);
    expect(await acts()).toEqual(["key-users.export", "personal.export"]);
    const again = await cli(["key-users", "import", clear]);
    expect(JSON.parse(again.out)).toMatchObject({ changed: 0, added: 0, rejected: [] });
    expect((await cli(["key-users", "export", clear])).error).toContain("there already");
    expect((await cli(["key-users", "export", "x.csv", "--status", "gone"])).error).toContain("--status");
  });
});
