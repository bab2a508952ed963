import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readPassword } from "./read-password.ts";

const PASSWORD = "correct horse battery";

/** A terminal at which these lines are typed; what it shows is kept. */
function terminal(typed: string, isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  input.end(typed);
  return { input, output, shown: () => shown };
}

test("standard input gives the password in its first line, whatever follows", async () => {
  const given = await readPassword(true, terminal(`${PASSWORD}\r\nmore\n`, false));
  expect(given).toEqual({ password: PASSWORD, isMadeUp: false });
});

test("standard input that holds nothing is told so", async () => {
  for (const typed of ["", "\n"]) {
    await expect(readPassword(true, terminal(typed, false))).rejects.toThrow("holds no password");
  }
});

test("a prompt takes it twice and shows none of it", async () => {
  const asked = terminal(`${PASSWORD}\n${PASSWORD}\n`, true);
  expect(await readPassword(false, asked)).toEqual({ password: PASSWORD, isMadeUp: false });
  expect(asked.shown()).toBe("Password (nothing: one is made up): \nOnce more: \n");
});

test("two that differ, or a prompt that is left, do nothing", async () => {
  await expect(readPassword(false, terminal(`${PASSWORD}\nanother one\n`, true))).rejects.toThrow("differ");
  await expect(readPassword(false, terminal("", true))).rejects.toThrow("Nothing was typed");
  await expect(readPassword(false, terminal("half a pass\u0003", true))).rejects.toThrow("Nothing was typed");
});

test("with nothing typed, or nobody to ask, one is made up", async () => {
  for (const silent of [terminal("\n", true), terminal("", false)]) {
    const { password, isMadeUp } = await readPassword(false, silent);
    expect(isMadeUp).toBe(true);
    expect(password).toMatch(/^[\w-]{20}$/);
  }
});
