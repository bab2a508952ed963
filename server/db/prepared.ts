import { hash } from "node:crypto";
import type pg from "pg";

/** Of each text: for all connections and from the text alone, so that whoever holds one next finds the same statement under it. */
const names = new Map<string, string>();

/**
 * A connection, or a pool of them, whose statements with parameters are parsed once each, and planned anew only where that pays: for
 * small ones both take the database longer than their execution. The texts must be few and constant.
 */
export function prepared(client: pg.ClientBase | pg.Pool): Pick<pg.ClientBase, "query"> {
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? hash("sha1", text);
    names.set(text, name);
    return name;
  };
  const query = (text: string, values?: unknown[]) =>
    client.query(values ? { name: nameOf(text), text, values } : text);
  return { query: query as pg.ClientBase["query"] };
}
