import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withDatabaseOf } from "#testing/harness/real-server.ts";
import { asTsv, readTable, recordingFolder, sorted } from "#testing/recorded/recordings.ts";

/** C9, C12: the embedded database, of which nobody knows an address: filled, backed up, destroyed and restored by command. */

let folder: string;
let dataDir: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-embedded-backup-"));
  await chmod(folder, 0o755); // PostgreSQL may run as somebody else
  dataDir = join(folder, "data");
  await mkdir(dataDir);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a command prints. */
async function cli(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: "", DATA_DIR: dataDir, PORT: "0" };
  const { stdout } = await promisify(execFile)(process.execPath, ["server/cli/main.ts", ...args], { env });
  return stdout;
}

const recorded = (name: string) => join(recordingFolder(), `${name}.ndjson.gz`);
const replay = (stream: string) => cli("replay", recorded(stream), "--stream", stream, "--clock", "event");

const TABLES = {
  hourly:
    "SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt FROM hour_figure",
  "key-users-after": "SELECT id, raw_premium, raw_info FROM adm_zy_acct_sub_wechat_list",
  "last-pages": "SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log",
};

/** The recorded days' tables, as the database holds them. */
const tables = () =>
  withDatabaseOf(dataDir, async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const held: Record<string, string[]> = {};
    for (const [name, text] of Object.entries(TABLES)) {
      held[name] = sorted(((await client.query({ text, rowMode: "array" })).rows as unknown[][]).map(asTsv));
    }
    await client.end();
    return held;
  });

test("comes back whole after its destruction: tables, verification, and what is sent again changes nothing", async () => {
  await cli("key-users", "import", recorded("key-users"));
  for (const stream of ["orders", "premium-changes", "page-views"]) await replay(stream);
  const verified = await cli("verify");
  expect(verified).toContain("equal");
  expect(verified).not.toContain("difference");

  const path = join(folder, "all.backup");
  const key = join(folder, "kept.key");
  await cli("backup", path);
  await copyFile(join(dataDir, "secret.key"), key);
  await rm(dataDir, { recursive: true });
  await mkdir(dataDir);
  await copyFile(key, join(dataDir, "secret.key"));
  expect(await cli("restore", path)).toMatch(/^Restored \d+ rows/);

  expect(await tables()).toEqual(
    Object.fromEntries(Object.keys(TABLES).map((name) => [name, readTable(recordingFolder(), name)])),
  );
  expect(await cli("verify")).toBe(verified);
  expect(JSON.parse(await replay("orders"))).toMatchObject({ dispositions: { applied: 0 } });
});
