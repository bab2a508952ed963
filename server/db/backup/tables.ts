import type { Queryable } from "../queryable.ts";

/**
 * What a backup leaves out: Prisma's own list (the header names the migrations), the lease (who writes now), what people get
 * anew by signing in, and one-time links, of which those that were used since would be good again.
 */
const LEFT_OUT = [
  "_prisma_migrations",
  "lease",
  "session",
  "verification",
  "sign_in_limit",
  "invitation",
  "password_reset",
];

/** A table with its stored columns. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Every table of a backup, each after the tables that it refers to. */
export async function tablesInOrder(db: Queryable): Promise<Table[]> {
  const { rows: tables } = await db.query<Table>(
    `SELECT c.relname AS name,
       array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL ($1) GROUP BY c.relname ORDER BY c.relname`,
    [LEFT_OUT],
  );
  const { rows: references } = await db.query<{ from: string; to: string }>(
    `SELECT r.relname AS "from", t.relname AS "to" FROM pg_constraint k
     JOIN pg_class r ON r.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND r.relnamespace = 'public'::regnamespace`,
  );
  return sortByReferences(tables, references);
}

function sortByReferences(
  tables: readonly Table[],
  references: readonly { readonly from: string; readonly to: string }[],
): Table[] {
  const placed = new Set<string>();
  const sorted: Table[] = [];
  const waiting = [...tables];
  const isReady = ({ name }: Table) =>
    references.every(
      ({ from, to }) => from !== name || placed.has(to) || !tables.some((each) => each.name === to),
    );
  while (waiting.length > 0) {
    const next = waiting.findIndex(isReady);
    const [table] = waiting.splice(next, 1);
    if (next < 0 || !table) throw new Error("the tables refer to one another in a circle");
    placed.add(table.name);
    sorted.push(table);
  }
  return sorted;
}

/** A name as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(", ");
