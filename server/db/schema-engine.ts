import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine as Engine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { openClient } from "./connections.ts";

let wasmReady: Promise<void> | undefined;

/** The package imports its .wasm as an ES module, which Node cannot do without a flag: instantiate it by hand. */
function loadWasm(): Promise<void> {
  wasmReady ??= (async () => {
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = await readFile(entry.replace(/\.js$/, ".wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start: () => void }).__wbindgen_start();
  })();
  return wasmReady;
}

const INTERNAL_CHAR_OID = 18;

/**
 * The system catalogues hold one-byte "char" columns, a type that Prisma's adapter refuses to read although the
 * schema engine insists on it. The pool hands them over as text and notes their names; the adapter's answer is then
 * labelled with the type that the engine waits for.
 */
class CataloguePool extends pg.Pool {
  readonly charColumns = new Set<string>();
  /** The first error of the database, which tells more than what the engine makes of it. */
  failure: Error | null = null;
  readonly #session: pg.ClientBase | null;

  /** @param session everything is asked over this one connection; null: over the pool's own */
  constructor(config: pg.PoolConfig, session: pg.ClientBase | null = null) {
    super(config);
    this.#session = session;
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads query ten times; only the promise form is used here
  override query(...args: any[]): any {
    const pending = (this.#session
      ? this.#session.query.apply(this.#session, args as never)
      : super.query.apply(this, args as never)) as unknown as Promise<pg.QueryArrayResult>;
    return pending.then(
      (result) => {
        this.#noteCharColumns(result.fields);
        return result;
      },
      (error: Error) => this.#fail(error),
    );
  }

  /** Runs a script as it is; the adapter's own way cuts it at every semicolon, inside bodies and comments as well. */
  async runScript(script: string): Promise<void> {
    await (this.#session ?? { query: (text: string) => super.query(text) })
      .query(script)
      .catch((error: Error) => this.#fail(error));
  }

  #fail(error: Error): never {
    this.failure ??= error;
    throw error;
  }

  #noteCharColumns(fields: readonly pg.FieldDef[]): void {
    for (const field of fields) {
      if (field.dataTypeID !== INTERNAL_CHAR_OID) continue;
      field.dataTypeID = pg.types.builtins.TEXT;
      this.charColumns.add(field.name);
    }
  }
}

class CatalogueAdapterFactory extends PrismaPg {
  readonly #pool: CataloguePool;

  constructor(pool: CataloguePool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = (script) => this.#pool.runScript(script);
    const read = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await read(query);
      const columnTypes = result.columnTypes.map((type, index) =>
        this.#pool.charColumns.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

/** Any number: processes that start together on one database migrate one after the other. */
const MIGRATION_LOCK = 4_715_200;

/**
 * Works with Prisma's schema engine as WebAssembly: migrations and diffs without downloading a native binary. Its
 * connections end with the work; the engine itself would leave them open.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await loadWasm();
  const pool = new CataloguePool({ connectionString: databaseUrl, max: 2 });
  try {
    return await withEngineOn(pool, work);
  } finally {
    await pool.end();
  }
}

/**
 * The same, all or nothing: the engine sends a script statement by statement, and a process that dies between two of them
 * would leave a schema that is neither the old nor the new one.
 */
export async function withSchemaEngineAtOnce<T>(
  databaseUrl: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const client = await openClient({ connectionString: databaseUrl });
  try {
    await client.query("BEGIN");
    const result = await withSchemaEngineWithin(client, work);
    await client.query("COMMIT");
    return result;
  } finally {
    await client.end(); // ends an open transaction as well
  }
}

/**
 * The same, within the transaction of this connection; whoever else migrates waits for its end.
 * @throws the first error of the database
 */
export async function withSchemaEngineWithin<T>(
  session: pg.ClientBase,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await loadWasm();
  await session.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
  const pool = new CataloguePool({}, session);
  try {
    return await withEngineOn(pool, work);
  } catch (error) {
    throw pool.failure ?? error;
  } finally {
    await pool.end();
  }
}

async function withEngineOn<T>(pool: CataloguePool, work: (engine: Engine) => Promise<T>): Promise<T> {
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapterFactory(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/** The engine wants to be told that no table is managed elsewhere. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };
