import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gb18030 } from "#testing/factories/encodings.ts";
import { runCommand } from "#testing/harness/run-cli.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";

let server: TestServer;
let folder: string;
let url: string;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), "tidewatch-cli-"));
  url = await server.freshDatabase();
  client = new pg.Client({ connectionString: url, types: { getTypeParser: () => String } });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command line as a user would, on the database of these tests. */
const cli = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  run("server/cli/main.ts", args, {
    DATABASE_READER_URL: server.readerOf(environment.DATABASE_URL ?? url),
    ...environment,
  });

const run = (entry: string, args: readonly string[], environment: Readonly<Record<string, string>>) =>
  runCommand(entry, args, {
    DATA_DIR: folder,
    DATABASE_URL: url,
    DAY_CLOSE_AFTER_HOURS: "87840", // what a test sends is taken whatever its age
    ...environment,
  });

/** Rows as PostgreSQL's own text, columns joined by |. */
async function rowsOf(text: string): Promise<string[]> {
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: "array" });
  return rows.map((row) => row.map((cell) => cell ?? "").join("|"));
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test("without a command, or with one that there is not, it tells which there are", async () => {
  for (const args of [[], ["dance"]]) {
    const { code, out, error } = await cli(args);
    expect(code).toBe(1);
    expect(out).toBe("");
    for (const name of ["replay", "sql", "key-users", "user", "api-key", "doctor"])
      expect(error).toContain(name);
  }
});

describe("sql", () => {
  test("prints CSV with a header, numbers exact", async () => {
    const text =
      "SELECT 9007199254740993 AS id, 0.10::numeric(18,2) AS amount, NULL AS nothing, 'a,b' AS words";
    expect(await cli(["sql", text])).toMatchObject({
      code: 0,
      out: 'id,amount,nothing,words\n9007199254740993,0.10,,"a,b"\n',
    });
  });

  test("prints every cell as it is: numbers below zero, words that look like formulas, blanks at the end", async () => {
    const text = "SELECT -50.25::numeric(18,2) AS amount, '=1+1' AS words, '-3 ' AS blank";
    expect(await cli(["sql", text])).toMatchObject({ code: 0, out: "amount,words,blank\n-50.25,=1+1,-3 \n" });
  });

  test("knows the original's output names (O9, K10, P5)", async () => {
    const views = {
      adm_pfm_zy_order_gmv_msx_hs: "biz_date,total_premium,policy_cnt,policy_holder_cnt",
      wechat_activity_user: "id,raw_info,now_info,raw_premium,now_premium",
      adm_zy_acct_sub_wechat_list: "id,raw_premium,raw_info",
      user_last_log: "account_id,device_id,bury_point_type,page_name",
    };
    for (const [view, columns] of Object.entries(views)) {
      const { fields } = await client.query(`SELECT * FROM ${view} LIMIT 0`);
      expect(fields.map(({ name }) => name).join()).toBe(columns);
    }
    const read = await cli(["sql", "SELECT * FROM adm_zy_acct_sub_wechat_list"]);
    expect(read).toMatchObject({ code: 0, out: "id,raw_premium,raw_info\n" });
  });

  test("cannot change anything", async () => {
    const { code, error } = await cli(["sql", "DELETE FROM key_user"]);
    expect(code).toBe(1);
    expect(error).toContain("read-only");
  });
});

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
    await client.query("DELETE FROM baseline_change WHERE user_id > 401000");
    await client.query("DELETE FROM key_user WHERE user_id > 401000");
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
    expect((await cli(["key-users", "import", join(folder, "none.csv")])).error).toContain("cannot be read");
  });
});

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
    const told = `SELECT actor LIKE 'cli:_%', subject, details->>'received', details->>'clock' FROM audit_entry
      WHERE action = 'stream.replay'`;
    expect(await rowsOf(told)).toEqual(["t|stream orders|2|event"]);
  });

  const TIME = 1763776800000;
  /** Replays a file; what became of it, and the dead letters that it left. */
  async function replayed(name: string, content: string | Buffer, more: readonly string[] = []) {
    await client.query("TRUNCATE dead_letter");
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

describe("a zone that is not the installation's (C1)", () => {
  const ELSEWHERE = { BUSINESS_TIME_ZONE: "Europe/Berlin" };

  test("is refused by each command that counts in it, in one line that says how to fix it", async () => {
    const path = await file(
      "zone.ndjson",
      '{"id":9,"order_no":"Z1","gmt_modified":1763776800000,"account_payble":"1"}\n',
    );
    const figures = () => rowsOf("SELECT * FROM hour_figure");
    const before = await figures();
    for (const args of [["replay", path, "--stream", "orders"], ["verify"], ["prune"]]) {
      const { code, out, error } = await cli(args, ELSEWHERE);
      expect([args[0], code, out]).toEqual([args[0], 1, ""]);
      expect(error).toMatch(
        /^[^\n]*Asia\/Shanghai[^\n]*Europe\/Berlin[^\n]*BUSINESS_TIME_ZONE=Asia\/Shanghai[^\n]*\n$/,
      );
    }
    expect(await figures()).toEqual(before);
  });

  test("is a fault for doctor", async () => {
    const { code, out } = await cli(["doctor"], ELSEWHERE);
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ database zone .*Asia\/Shanghai.*Europe\/Berlin\n +→ .*BUSINESS_TIME_ZONE=Asia\/Shanghai/,
    );
  });

  test("keeps the server from starting", async () => {
    const { code, out, error } = await run("server/main.ts", [], ELSEWHERE);
    expect([code, out]).toEqual([1, ""]);
    expect(error).toMatch(/^The figures of this database are counted in the zone Asia\/Shanghai.*\n$/);
  });
});

test("a SECRET_KEY that is not the installation's is named, by the server and by each command that opens or seals", async () => {
  const other = { SECRET_KEY: "another secret, longer than thirty-two characters" };
  const path = await file(
    "sealed.ndjson",
    '{"id":9,"order_no":"S1","gmt_modified":1763776800000,"account_payble":"1"}\n',
  );
  expect((await cli(["replay", path, "--stream", "orders"])).code).toBe(0);
  const orders = () => rowsOf("SELECT count(*) FROM last_order");
  const before = await orders();
  const refused = [
    await cli(["replay", path, "--stream", "orders"], other),
    await cli(["verify"], other),
    await run("server/main.ts", [], other),
  ];
  for (const { code, out, error } of refused) {
    expect([code, out]).toEqual([1, ""]);
    expect(error).toMatch(/^SECRET_KEY is not the one [^\n]*secret\.key in DATA_DIR[^\n]*\n$/);
  }
  expect(await orders()).toEqual(before);
});

describe("user create and api-key", () => {
  test("a person is made once, and the made-up password is shown", async () => {
    const args = ["user", "create", "--email", "Ann@example.com", "--role", "manager", "--username", "ann"];
    const made = await cli(args);
    expect(made.out).toMatch(/Password, shown this once: \S{20}/);
    expect((await cli(args)).error).toContain("already");
    const people = await rowsOf('SELECT email, role, username FROM "user"');
    expect(people).toEqual(["ann@example.com|manager|ann"]);
  });

  test("keys expire after a year unless said otherwise, and the list says when", async () => {
    const day = 86_400_000;
    const lives = { year: [], short: ["--expires", "90d"], endless: ["--expires", "never"] };
    for (const [name, options] of Object.entries(lives)) {
      const made = await cli(["api-key", "create", "--scope", "read", "--name", name, ...options]);
      expect(made, made.error).toMatchObject({ code: 0 });
    }
    const listed = (await cli(["api-key", "list"])).out;
    const daysOf = (name: string) => {
      const [, until = ""] = new RegExp(`expires (\\S+) .* ${name}$`, "m").exec(listed) ?? [];
      return until === "never" ? until : Math.round((Date.parse(until) - Date.now()) / day);
    };
    expect(Object.keys(lives).map(daysOf)).toEqual([365, 90, "never"]);
  });

  test.each([
    [["--expires", "0d"], "--expires"],
    [["--expires", "soon"], "--expires"],
    [["--name", "INIT_API_KEY"], "kept for a key"],
    [["--name", "demo simulator"], "kept for a key"],
    [["--name", "two\nlines"], "--name"],
  ])("a key with %j is refused", async (options, word) => {
    const { code, error } = await cli(["api-key", "create", "--scope", "read", ...options]);
    expect([code, error]).toEqual([1, expect.stringContaining(word)]);
  });

  test("a key is shown once, listed by its beginning and revoked by its id", async () => {
    const made = (await cli(["api-key", "create", "--scope", "ingest,read", "--name", "till"])).out.trim();
    expect(made).toMatch(/^tw_[\w-]{43}$/);
    const listed = (await cli(["api-key", "list"])).out;
    expect(listed).toContain(made.slice(0, 7));
    expect(listed).not.toContain(made);
    const [id = ""] =
      listed
        .split("\n")
        .find((line) => line.endsWith(" till"))
        ?.split(" ") ?? [];
    expect((await cli(["api-key", "revoke", id])).code).toBe(0);
    expect(await rowsOf("SELECT name FROM api_key WHERE revoked_at IS NOT NULL")).toEqual(["till"]);
  });
});

describe("doctor", () => {
  test("finds a healthy system healthy", async () => {
    const { code, out } = await cli(["doctor"]);
    expect(out).not.toContain("✗");
    expect(code).toBe(0);
    for (const check of ["clock", "zone", "disk", "port", "database", "schema", "writer"]) {
      expect(out).toMatch(new RegExp(`^[✓!] ${check}`, "m"));
    }
  });

  test("names each fault with its fix", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "0.0.0.0", resolve));
    const { port } = other.address() as { port: number };
    other.on("connection", (socket) => socket.destroy());
    const { code, out, error } = await cli(["doctor"], {
      PORT: String(port),
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    });
    other.close();
    expect(code).toBe(1);
    expect(out).toMatch(/✗ port .*\n +→ .*set PORT/);
    expect(out).toMatch(/✗ database .*\n +→ .*DATABASE_URL/);
    expect(error).toContain("2 of 8 checks failed");
  });
});

describe("backup and restore", () => {
  test("carry everything into another database, and say which key to keep", async () => {
    await cli(["user", "create", "--email", "kept@example.com", "--role", "manager"]);
    const path = join(folder, "all.backup");
    const backup = await cli(["backup", path]);
    expect(backup, backup.error).toMatchObject({ code: 0 });
    expect(backup.out).toMatch(/Wrote .*all\.backup: \d+ rows of \d+ tables\./);
    expect(backup.out).toContain(join(folder, "secret.key"));
    expect(await cli(["backup", path])).toMatchObject({ code: 1, error: expect.stringContaining("--force") });

    const target = await server.freshDatabase();
    const restored = await cli(["restore", path], { DATABASE_URL: target });
    expect(restored, restored.error).toMatchObject({ code: 0 });
    const acts = "SELECT action FROM audit_entry WHERE action LIKE 'backup.%' ORDER BY id";
    expect((await cli(["sql", acts], { DATABASE_URL: target })).out).toBe("action\nbackup.restore\n");
    expect((await cli(["sql", acts])).out).toBe("action\nbackup.make\n");
    const question = 'SELECT count(*) FROM "user" UNION ALL SELECT count(*) FROM key_user';
    const [before, after] = [
      await cli(["sql", question]),
      await cli(["sql", question], { DATABASE_URL: target }),
    ];
    expect(after.out).toBe(before.out);
  });

  test("with a key of their own: nobody else reads the file, and older backups are still read", async () => {
    const BACKUP_KEY = "a key for backups alone, of 32 characters";
    const older = join(folder, "older.backup");
    expect((await cli(["backup", older])).code).toBe(0);
    const path = join(folder, "own-key.backup");
    await writeFile(`${path}.part`, "left over", { mode: 0o644 });
    const backup = await cli(["backup", path], { BACKUP_KEY });
    expect(backup.out).toMatch(
      /encrypted under the key [0-9a-f]{16}, .*keep BACKUP_KEY and .*secret\.key as well/,
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const target = await server.freshDatabase();
    const refused = await cli(["restore", path], { DATABASE_URL: target });
    expect(refused).toMatchObject({
      code: 1,
      error: expect.stringMatching(/encrypted under the key .*BACKUP_KEY/),
    });
    for (const [file, given] of [
      [path, { BACKUP_KEY }],
      [older, { BACKUP_KEY }],
    ] as const) {
      const checked = await cli(["restore", file, "--check"], given);
      expect(checked, checked.error).toMatchObject({ code: 0, out: expect.stringContaining("is whole") });
    }
    expect((await cli(["restore", path], { BACKUP_KEY, DATABASE_URL: target })).code).toBe(0);
  });

  test("say what is wrong with a file, and end with 1", async () => {
    const path = await file("not-a-backup", "id,raw_premium\n");
    const target = await server.freshDatabase();
    const { code, error } = await cli(["restore", path], { DATABASE_URL: target });
    expect([code, error]).toEqual([1, expect.stringContaining("cannot be restored")]);
    expect((await cli(["restore", join(folder, "absent")], { DATABASE_URL: target })).error).toContain(
      "absent",
    );
  });
});
