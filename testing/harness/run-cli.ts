import { spawn } from "node:child_process";

/** How a command ended. */
export interface RanCommand {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line as a user would. @param typed what it reads from standard input */
export const runCli = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  typed = "",
): Promise<RanCommand> => runCommand("server/cli/main.ts", args, environment, typed);

/** Runs one of the project's files to its end; port 0 is nobody's, so no running system is found. */
export function runCommand(
  entry: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  typed = "",
): Promise<RanCommand> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...process.env, PORT: "0", ...environment },
    });
    let [out, error] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      error += chunk;
    });
    child.on("error", reject).on("close", (code) => resolve({ code, out, error }));
    child.stdin.end(typed);
  });
}
