import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { type RanCommand, runCommand } from "./run-cli.ts";
import { startTestServer, type TestServer } from "./writer-harness.ts";

type Environment = Readonly<Record<string, string>>;

/** The command line on one database, with a DATA_DIR of its own. */
export interface CliOnDatabase {
  /** DATA_DIR. */
  readonly folder: string;
  readonly client: pg.Client;
  freshDatabase(): Promise<string>;
  /** Runs a command as a user would. */
  cli(args: readonly string[], environment?: Environment): Promise<RanCommand>;
  /** Runs another of the project's entries. */
  run(entry: string, args: readonly string[], environment: Environment): Promise<RanCommand>;
  /** Rows as PostgreSQL's own text, columns joined by |. */
  rowsOf(text: string): Promise<string[]>;
  /** Writes a file into the folder; its path. */
  file(name: string, content: string | Buffer): Promise<string>;
}

/** Call once in a test file. */
export function cliOnDatabase(): CliOnDatabase {
  let server: TestServer;
  let folder: string;
  let url: string;
  let client: pg.Client;

  beforeAll(async () => {
    server = await startTestServer();
    folder = await mkdtemp(join(tmpdir(), "tidewatch-cli-"));
    url = await server.freshDatabase();
    client = new pg.Client({ connectionString: url, types: { getTypeParser: () => String } });
    await client.connect();
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run: CliOnDatabase["run"] = (entry, args, environment) =>
    runCommand(entry, args, {
      DATA_DIR: folder,
      DATABASE_URL: url,
      DAY_CLOSE_AFTER_HOURS: "87840", // what a test sends is taken whatever its age
      ...environment,
    });
  return {
    get folder() {
      return folder;
    },
    get client() {
      return client;
    },
    freshDatabase: () => server.freshDatabase(),
    run,
    cli: (args, environment = {}) =>
      run("server/cli/main.ts", args, {
        DATABASE_READER_URL: server.readerOf(environment.DATABASE_URL ?? url),
        ...environment,
      }),
    rowsOf: async (text) => {
      const { rows } = await client.query<(string | null)[]>({ text, rowMode: "array" });
      return rows.map((row) => row.map((cell) => cell ?? "").join("|"));
    },
    file: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
  };
}
