import type { Config } from "../config/config.ts";
import type { Database } from "../db/database.ts";

/** One command of the command line. */
export interface Command {
  /** How it is called, e.g. `sql "SELECT …"`. */
  readonly usage: string;
  readonly summary: string;
  run(context: CommandContext): Promise<void>;
}

export interface CommandContext {
  readonly config: Config;
  /** What follows the command's name. */
  readonly args: readonly string[];
  /** Opens the database once; it is closed after the command. */
  readonly database: () => Promise<Database>;
  /** Line on stdout. */
  readonly print: (line: string) => void;
}

/** The command line was used wrongly: the message is followed by the usage. */
export class UsageError extends Error {
  override name = "UsageError";
}
