import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine as Engine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

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
  /** The one connection of a transaction under way. */
  #session: pg.PoolClient | null = null;
  #failure: Error | null = null;

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
      (error: Error) => {
        this.#failure ??= error;
        throw error;
      },
    );
  }

  /** Runs a script as it is; the adapter's own way cuts it at every semicolon, inside bodies and comments as well. */
  async runScript(script: string): Promise<void> {
    try {
      await (this.#session ? this.#session.query(script) : super.query(script));
    } catch (error) {
      this.#failure ??= error as Error;
      throw error;
    }
  }

  /**
   * Everything that `work` asks of this pool happens in one transaction, or not at all.
   * @throws the first error of the database, which tells more than what follows from it
   */
  async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.connect();
    client.on("error", noteNothing);
    this.#failure = null;
    try {
      await client.query("BEGIN");
      this.#session = client;
      const result = await work();
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(noteNothing);
      throw this.#failure ?? error;
    } finally {
      this.#session = null;
      client.release(true);
    }
  }

  #noteCharColumns(fields: readonly pg.FieldDef[]): void {
    for (const field of fields) {
      if (field.dataTypeID !== INTERNAL_CHAR_OID) continue;
      field.dataTypeID = pg.types.builtins.TEXT;
      this.charColumns.add(field.name);
    }
  }
}

/** A connection that breaks fails its query; nobody else needs to hear of it. */
const noteNothing = (): void => undefined;

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
  await loadWasm();
  const pool = new CataloguePool({ connectionString: databaseUrl, max: 2 });
  try {
    return await pool.inTransaction(async () => {
      await pool.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
      return withEngineOn(pool, work);
    });
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
