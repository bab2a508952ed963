import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine as Engine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** Prisma's schema engine as WebAssembly: for writing migrations and for tests. Nothing that runs loads it. */

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

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads query ten times; only the promise form is used here
  override query(...args: any[]): any {
    const pending = super.query.apply(this, args as never) as unknown as Promise<pg.QueryArrayResult>;
    return pending.then((result) => {
      this.#noteCharColumns(result.fields);
      return result;
    });
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

/** Asks the engine about a database. Its connections end with the work; the engine itself would leave them open. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await loadWasm();
  const pool = new CataloguePool({ connectionString: databaseUrl, max: 2 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapterFactory(pool));
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** The engine wants to be told that no table is managed elsewhere. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };
