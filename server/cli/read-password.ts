import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import { UsageError } from "./command.ts";

const MADE_UP_BYTES = 15;

/** Where a password may come from; an argument is none: every user of the machine can read the arguments of a process. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

export interface GivenPassword {
  readonly password: string;
  /** Nobody knows it yet: it has to be shown. */
  readonly isMadeUp: boolean;
}

/**
 * The password of a command: the first line of standard input (`--password-stdin`), or what is typed twice at a prompt that
 * shows nothing; without either, or with nothing typed, one is made up.
 * @throws {UsageError} what was typed differs, or standard input holds nothing
 */
export async function readPassword(fromInput: boolean, terminal: Terminal): Promise<GivenPassword> {
  if (fromInput) {
    const [password] = await readLines(terminal.input, null);
    if (!password) throw new UsageError("Standard input holds no password.");
    return { password, isMadeUp: false };
  }
  if (!terminal.input.isTTY) return madeUp();
  const prompts = ["Password (nothing: one is made up): ", "Once more: "];
  const [password, again] = await readLines(terminal.input, { prompts, output: terminal.output });
  if (password === undefined) throw new UsageError("Nothing was typed, and nothing is done.");
  if (password === "") return madeUp();
  if (password !== again) throw new UsageError("The two passwords differ.");
  return { password, isMadeUp: false };
}

const madeUp = (): GivenPassword => ({
  password: randomBytes(MADE_UP_BYTES).toString("base64url"),
  isMadeUp: true,
});

/** @param asked questions to put, one a line, without showing what is typed; null: one line is read as it is */
async function readLines(
  input: Readable,
  asked: { readonly prompts: readonly string[]; readonly output: Writable } | null,
): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: asked !== null });
  const read: string[] = [];
  const wanted = asked?.prompts.length ?? 1;
  lines.once("SIGINT", () => {
    read.length = 0;
    lines.close();
  });
  asked?.output.write(asked.prompts[0]);
  for await (const line of lines) {
    read.push(line);
    asked?.output.write("\n");
    if (read.length === wanted || line === "") break;
    asked?.output.write(asked.prompts[read.length]);
  }
  lines.close();
  return read;
}
