import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

const desk = cliOnDatabase();
const { cli, file } = desk;

describe("backup and restore", () => {
  test("carry everything into another database, and say which key to keep", async () => {
    await cli(["user", "create", "--email", "kept@example.com", "--role", "manager"]);
    const list = await file("list.csv", "id,raw_premium,raw_info\n7,1000.01,plan A\n8,5.00,\n");
    expect((await cli(["key-users", "import", list])).code).toBe(0);
    const path = join(desk.folder, "all.backup");
    const backup = await cli(["backup", path]);
    expect(backup, backup.error).toMatchObject({ code: 0 });
    expect(backup.out).toMatch(/Wrote .*all\.backup: \d+ rows of \d+ tables\./);
    expect(backup.out).toContain(join(desk.folder, "secret.key"));
    expect(await cli(["backup", path])).toMatchObject({ code: 1, error: expect.stringContaining("--force") });

    const target = await desk.freshDatabase();
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
    expect(before.out).toBe("count\n1\n2\n");
    expect(after.out).toBe(before.out);
  });

  test("of a file that cannot be written say so in one sentence that names it, not DATA_DIR", async () => {
    const path = join(desk.folder, "..", "tidewatch-no-such-folder", "all.backup");
    const backup = await cli(["backup", path]);
    expect(backup).toMatchObject({ code: 1, out: "" });
    expect(backup.error.trim()).toBe(`${path}.part cannot be used: no such file or directory (ENOENT).`);
  });

  test("with a key of their own: nobody else reads the file, and older backups are still read", async () => {
    const BACKUP_KEY = "a key for backups alone, of 32 characters";
    const older = join(desk.folder, "older.backup");
    expect((await cli(["backup", older])).code).toBe(0);
    const path = join(desk.folder, "own-key.backup");
    await writeFile(`${path}.part`, "left over", { mode: 0o644 });
    const backup = await cli(["backup", path], { BACKUP_KEY });
    expect(backup.out).toMatch(
      /encrypted under the key [0-9a-f]{16}, .*keep BACKUP_KEY and .*secret\.key as well/,
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const target = await desk.freshDatabase();
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
    const target = await desk.freshDatabase();
    const { code, error } = await cli(["restore", path], { DATABASE_URL: target });
    expect([code, error]).toEqual([1, expect.stringContaining("cannot be restored")]);
    expect((await cli(["restore", join(desk.folder, "absent")], { DATABASE_URL: target })).error).toContain(
      "absent",
    );
  });
});
