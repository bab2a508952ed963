import { type Config, readConfig } from "../config/config.ts";
import { recordMigrations } from "../db/audit.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrate.ts";
import { explainFailure } from "../lib/explain-failure.ts";
import { stopRequest } from "../lib/stop-request.ts";
import { unlessAborted } from "../lib/unless-aborted.ts";
import { CHANNELS } from "../notifications/channels.ts";
import { cliActor } from "./actor.ts";
import { type Command, UsageError } from "./command.ts";
import { requireFolder, requireTables } from "./founding.ts";

/** Which of a command's calls may make a system where there is none. */
type Founds = (args: readonly string[]) => boolean;
const always: Founds = () => true;
const never: Founds = () => false;
const imports: Founds = ([verb]) => verb === "import";
const creates: Founds = (args) => args.find((arg) => !arg.startsWith("--")) === "create";

interface Entry {
  /** Read when it is called: what one command needs would make every other one slower. */
  readonly load: () => Promise<Command>;
  readonly founds: Founds;
}

/**
 * What only looks, or acts on what is there, refuses a folder without a system: the folder is mistyped. What brings something
 * of its own may be the first that comes.
 */
const COMMANDS: Readonly<Record<string, Entry>> = {
  replay: { load: async () => (await import("./commands/replay.ts")).replay, founds: always },
  sql: { load: async () => (await import("./commands/sql.ts")).sql, founds: never },
  "key-users": { load: async () => (await import("./commands/key-users.ts")).keyUsers, founds: imports },
  user: { load: async () => (await import("./commands/user.ts")).user, founds: creates },
  "api-key": { load: async () => (await import("./commands/api-key.ts")).apiKey, founds: creates },
  backup: { load: async () => (await import("./commands/backup.ts")).backup, founds: never },
  restore: { load: async () => (await import("./commands/restore.ts")).restore, founds: always },
  verify: { load: async () => (await import("./commands/verify.ts")).verify, founds: never },
  prune: { load: async () => (await import("./commands/prune.ts")).prune, founds: never },
  settings: { load: async () => (await import("./commands/settings.ts")).settings, founds: never },
  proposals: { load: async () => (await import("./commands/proposals.ts")).proposals, founds: never },
  audit: { load: async () => (await import("./commands/audit.ts")).audit, founds: never },
  doctor: { load: async () => (await import("./commands/doctor.ts")).doctor, founds: never },
};

const HELP = new Set(["help", "--help", "-h"]);

async function usage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map(({ load }) => load()));
  const lines = commands.map((command) => `  ${command.usage}\n      ${command.summary}`);
  return `Usage: npm run cli -- COMMAND …\n\n${lines.join("\n")}`;
}

/** Longest that the database may take to be closed once a stop is asked for. */
const STOP_DEADLINE_MS = 8_000;
/** What a shell makes of a command that a signal ended. */
const STOPPED_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143, disconnect: 143 } as const;

const tell = (sentence: string): void => console.error(sentence);

let dataDir = "";
let stoppedCode = 0;
const stopped = stopRequest((reason) => {
  stoppedCode = STOPPED_CODES[reason];
  setTimeout(() => process.exit(stoppedCode), STOP_DEADLINE_MS).unref();
});

async function main(): Promise<void> {
  const [name = "", ...args] = process.argv.slice(2);
  if (HELP.has(name)) return console.log(await usage());
  const entry = COMMANDS[name];
  if (!entry) throw new UsageError(name === "" ? "Name a command." : `There is no command "${name}".`);
  const command = await entry.load();
  const mayFound = entry.founds(args);
  const config = readConfig(CHANNELS);
  dataDir = config.DATA_DIR;
  if (!isCheck(name, args)) await requireFolder(config, mayFound, tell);
  let opened: Promise<Database> | undefined;
  const database = () => {
    opened ??= openMigrated(config, mayFound);
    return opened;
  };
  const print = (line: string) => process.stdout.write(`${line}\n`);
  try {
    await unlessAborted(command.run({ config, args, database, print }), stopped);
  } catch (error) {
    if (error instanceof UsageError) error.message += `\n\nUsage: ${command.usage}`;
    throw error;
  } finally {
    // One that could not be opened has told its reason already.
    await opened?.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}

/** A backup can be read wherever its key is. */
const isCheck = (name: string, args: readonly string[]): boolean =>
  name === "restore" && args.includes("--check");

async function openMigrated(config: Config, mayFound: boolean): Promise<Database> {
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    signal: stopped,
    tell,
    onIdleError: (error) => console.error(`a database connection was lost: ${error.message}`),
  });
  try {
    if (!mayFound && config.DATABASE_URL !== undefined) await requireTables(database.pool);
    const applied = await unlessAborted(migrate(database.url, { place: database.place }), stopped);
    await database.closeAudit();
    await recordMigrations(database.pool, cliActor(), applied);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

main().then(
  () => process.exit(0),
  async (error: unknown) => {
    if (stopped.aborted) process.exit(stoppedCode);
    console.error(explainFailure(error, dataDir));
    if (process.argv.length <= 2 || (error instanceof UsageError && !error.message.includes("Usage:"))) {
      console.error(`\n${await usage()}`);
    }
    process.exit(1);
  },
);
