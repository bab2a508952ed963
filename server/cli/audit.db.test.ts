import { expect, test } from "vitest";
import { cliOnDatabase } from "#testing/harness/cli-on-database.ts";

const desk = cliOnDatabase();

test("audit prints the log, newest first, filtered as asked; it stands in the log itself", async () => {
  const made = await desk.cli(["api-key", "create", "--scope", "read", "--name", "bi\u001b[2Jtool"]);
  expect(made.code).toBe(1); // a name may not steer the terminal
  expect((await desk.cli(["api-key", "create", "--scope", "read", "--name", "bi"])).code).toBe(0);

  const told = await desk.cli(["audit", "--action", "api-key"]);
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toMatch(
    /^\d+ {2}\d{4}-\S+Z {2}cli:\S+ {2}api-key\.create {2}api-key \S+ \(bi\) {2}- {2}-\n$/,
  );

  const json = await desk.cli(["audit", "--json", "--actor", told.out.split("  ")[2] ?? "", "--text", "bi"]);
  const entries = json.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.map(({ action }) => action)).toEqual(["api-key.create"]);
  expect(entries[0]).toMatchObject({ subjectName: "bi", details: { name: "bi", scopes: ["read"] } });

  const own = await desk.rowsOf(
    "SELECT details::text FROM audit_entry JOIN audit_detail ON entry_id = id WHERE action = 'audit.export' ORDER BY id",
  );
  expect(own.map((text) => JSON.parse(text))).toEqual([
    { action: "api-key", isSearched: false },
    { actor: expect.stringMatching(/^cli:/), isSearched: true },
  ]);
});

test.each([
  [["audit", "everything"], "named by options"],
  [["audit", "--from", "yesterday"], "--from cannot be used"],
  [["audit", "--action", "dancing"], "There are no such acts"],
])("%j says what is wrong", async (args, words) => {
  const { code, out, error } = await desk.cli(args);
  expect([code, out]).toEqual([1, ""]);
  expect(error).toContain(words);
});
