import { expect, test } from "vitest";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

/**
 * Settings and proposals from the command line: under the same rules and audit as over HTTP.
 * @module-tag slow
 */

const commandLine = cliOnDatabase();
const cli = (...args: string[]) => commandLine.cli(args);
const BECAUSE = ["--reason", "as the test asks"];

test("a setting is shown, set, refused where it cannot be used, and unset; the environment wins", async () => {
  expect((await cli("settings", "list")).out).toContain("KEEP_LOG=400d  default");
  expect(await cli("settings", "set", "KEEP_LOG", "90d", ...BECAUSE)).toMatchObject({
    code: 0,
    out: expect.stringContaining("Version 1"),
  });
  expect((await cli("settings", "list")).out).toContain("KEEP_LOG=90d  settings");
  expect((await cli("settings", "history")).out).toMatch(/^1 .*KEEP_LOG: unset → 90d .*as the test asks/m);
  expect(await cli("settings", "set", "KEEP_LOG", "soon", ...BECAUSE)).toMatchObject({
    code: 1,
    error: expect.stringContaining("KEEP_LOG cannot be used: write a number with a unit"),
  });
  expect(await cli("settings", "set", "KEEP_LOG", "80d")).toMatchObject({
    error: expect.stringContaining("--reason"),
  });
  expect(await cli("settings", "set", "NOTHING", "1", ...BECAUSE)).toMatchObject({
    error: expect.stringContaining('There is no setting "NOTHING"'),
  });
  const among = { KEEP_LOG: "30d" };
  expect((await commandLine.cli(["settings", "list"], among)).out).toContain("KEEP_LOG=30d  environment");
  expect(await commandLine.cli(["settings", "unset", "KEEP_LOG", ...BECAUSE], among)).toMatchObject({
    error: expect.stringContaining("The environment sets KEEP_LOG"),
  });
  expect((await cli("settings", "unset", "KEEP_LOG", ...BECAUSE)).out).toContain("Version 2");
  expect(
    await commandLine.rowsOf("SELECT actor ~ '^cli:', action FROM audit_entry WHERE action LIKE 'settings%'"),
  ).toEqual(["t|settings.change", "t|settings.change"]);
});

test("what is guarded waits; what waits is listed and refused here, and confirmed by nobody", async () => {
  expect(await cli("settings", "set", "FOUR_EYES", "roles, list", ...BECAUSE)).toMatchObject({
    error: expect.stringContaining("There is no second administrator"),
  });
  for (const name of ["ada", "bo"]) {
    const email = `${name}@example.test`;
    const made = await cli("user", "create", "--email", email, "--role", "administrator");
    expect(made.code).toBe(0);
  }
  expect((await cli("user", "create", "--email", "lin@example.test", "--role", "manager")).code).toBe(0);
  expect((await cli("settings", "set", "FOUR_EYES", "roles, list", ...BECAUSE)).code).toBe(0);

  const role = await cli("user", "set-role", "lin@example.test", "--role", "administrator", ...BECAUSE);
  expect(role.out).toContain("Nothing is done yet: proposal 1 waits");
  const list = await commandLine.file("list.csv", "id,raw_premium,raw_info\n71,100.00,\n");
  expect((await cli("key-users", "import", list)).out).toContain("proposal 2 waits");
  expect((await cli("settings", "set", "FOUR_EYES", "none", ...BECAUSE)).out).toContain("proposal 3 waits");
  const more = await cli("user", "create", "--email", "eve@example.test", "--role", "administrator");
  expect(more).toMatchObject({
    code: 1,
    error: expect.stringContaining("Roles wait for a second administrator"),
  });

  const waiting = (await cli("proposals", "list")).out;
  expect(waiting).toMatch(/^3 {2}settings .*\n2 {2}list .*\n1 {2}roles /m);
  expect((await cli("proposals", "refuse", "2", ...BECAUSE)).out).toContain("Proposal 2 is withdrawn.");
  expect((await cli("proposals", "confirm", "1")).error).toContain("Say list, or refuse");
  expect(await commandLine.rowsOf("SELECT count(*) FROM key_user")).toEqual(["0"]);
  expect(await commandLine.rowsOf("SELECT role FROM \"user\" WHERE email = 'lin@example.test'")).toEqual([
    "manager",
  ]);
  // Who has the machine has the way out.
  const out = await commandLine.cli(
    ["user", "create", "--email", "eve@example.test", "--role", "administrator"],
    { FOUR_EYES: "none" },
  );
  expect(out.code).toBe(0);
});
