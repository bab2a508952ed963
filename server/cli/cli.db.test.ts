import { createServer } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

const desk = cliOnDatabase();
const { cli, run, rowsOf, file } = desk;

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
      const { fields } = await desk.client.query(`SELECT * FROM ${view} LIMIT 0`);
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

describe("a zone that is not the installation's (C1)", () => {
  const ELSEWHERE = { BUSINESS_TIME_ZONE: "Europe/Berlin" };
  // The first that counts keeps its zone.
  beforeAll(async () => {
    const path = await file("first.ndjson", '{"id":9,"order_no":"Z0","gmt_modified":1763776800000}\n');
    expect((await cli(["replay", path, "--stream", "orders"])).code).toBe(0);
  });

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

  test("a second factor is taken away with a reason, once", async () => {
    await desk.client.query(`
      INSERT INTO two_factor (id, secret, "backupCodes", "userId") SELECT 'f', 's', 'b', id FROM "user" WHERE username = 'ann'`);
    const args = ["user", "reset-second-factor", "ann"];
    expect((await cli(args)).error).toContain("--reason");
    const done = await cli([...args, "--reason", "telephone lost"]);
    expect(done.out).toMatch(/reset-second-factor is done; 0 sessions ended/);
    expect(await rowsOf("SELECT count(*) FROM two_factor")).toEqual(["0"]);
    const again = await cli([...args, "--reason", "telephone lost"]);
    expect([again.code, again.error]).toEqual([1, expect.stringContaining("has no second factor")]);
    const acts =
      "SELECT action, details->>'reason' FROM audit_entry JOIN audit_detail ON entry_id = id WHERE action LIKE 'second-factor%'";
    expect(await rowsOf(acts)).toEqual(["second-factor.reset|telephone lost"]);
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
    const silent = await cli(["api-key", "revoke", id]);
    expect([silent.code, silent.error]).toEqual([1, expect.stringContaining("--reason")]);
    expect((await cli(["api-key", "revoke", id, "--reason", "lost"])).code).toBe(0);
    expect(await rowsOf("SELECT name FROM api_key WHERE revoked_at IS NOT NULL")).toEqual(["till"]);
    const again = await cli(["api-key", "revoke", id, "--reason", "lost"]);
    expect([again.code, again.error]).toEqual([1, expect.stringContaining("revoked already")]);
  });

  test("a key is rotated with an overlap: the new one is shown once, the old one ends after it", async () => {
    const made = await cli([
      "api-key",
      "create",
      "--scope",
      "features",
      "--name",
      "ads",
      "--per-minute",
      "90",
    ]);
    expect(made, made.error).toMatchObject({ code: 0 });
    const [id = ""] = /^\S+(?=.* ads$)/m.exec((await cli(["api-key", "list"])).out) ?? [];
    const turned = await cli(["api-key", "rotate", id, "--overlap", "2h", "--reason", "once a year"]);
    expect(turned, turned.error).toMatchObject({ code: 0 });
    expect(turned.out.trim()).toMatch(/^tw_[\w-]{43}$/);
    expect(turned.out).not.toBe(made.out);
    const left = "round(extract(epoch FROM expires_at - now()) / 3600)::int";
    expect(
      await rowsOf(
        `SELECT scopes, per_minute, rotated_from, ${left} FROM api_key WHERE name = 'ads' ORDER BY expires_at`,
      ),
    ).toEqual(["{features}|90||2", `{features}|90|${id}|8760`]);
    const again = await cli(["api-key", "rotate", id, "--reason", "once more"]);
    expect([again.code, again.error]).toEqual([1, expect.stringContaining("rotated already")]);
  });

  test.each([
    [["rotate", "x", "--reason", "why", "--overlap", "31d"], "--overlap"],
    [["rotate", "x"], "--reason"],
    [["rotate", "--reason", "why"], "id"],
    [["rotate", "x", "--reason", "why"], "no such API key"],
    [["create", "--scope", "read", "--per-minute", "0"], "--per-minute"],
    [["create", "--scope", "read", "--per-minute", "1000001"], "--per-minute"],
  ])("api-key %j is refused", async (args, word) => {
    const { code, error } = await cli(["api-key", ...args]);
    expect([code, error]).toEqual([1, expect.stringContaining(word)]);
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

test("a person is joined to an id of a provider, and unjoined again, with a reason", async () => {
  const WECOM = {
    PUBLIC_URL: "https://tidewatch.test",
    WECOM_CORP_ID: "ww1",
    WECOM_AGENT_ID: "1",
    WECOM_SECRET: "secret",
  };
  await cli(["user", "create", "--email", "mo@example.com", "--role", "manager"]);
  const join = ["user", "join", "mo@example.com", "--provider", "wecom", "--id", "MoYan"];
  expect(await cli(join, WECOM)).toMatchObject({ code: 1, error: expect.stringContaining("--reason") });
  const why = ["--reason", "asked by telephone"];
  expect(await cli([...join, ...why])).toMatchObject({
    code: 1,
    error: expect.stringContaining("Nobody signs in by wecom here"),
  });
  expect(await cli([...join, ...why], WECOM)).toMatchObject({ code: 0 });
  const joined = () => rowsOf(`SELECT "accountId" FROM account WHERE "providerId" = 'wecom'`);
  expect(await joined()).toEqual(["ww1 moyan"]);
  expect((await cli(["user", "list"])).out).toContain("by wecom");
  const unjoin = ["user", "unjoin", "mo@example.com", "--provider"];
  expect(await cli([...unjoin, "x", ...why])).toMatchObject({
    code: 1,
    error: expect.stringContaining("--provider is one of oidc, wecom, dingtalk"),
  });
  expect(await cli([...unjoin, "wecom", ...why])).toMatchObject({ code: 0 });
  expect(await joined()).toEqual([]);
});
