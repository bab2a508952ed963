import { hash } from "node:crypto";
import type pg from "pg";

/**
 * A connection whose statements with parameters are parsed once each, and planned anew only where that pays: for small ones
 * both take the database longer than their execution. The texts must be few and constant.
 */
export function prepared(client: pg.ClientBase): Pick<pg.ClientBase, "query"> {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    // From the text alone: whoever holds the connection next finds the same statement under it.
    const name = names.get(text) ?? hash("sha1", text);
    names.set(text, name);
    return name;
  };
  const query = (text: string, values?: unknown[]) =>
    client.query(values ? { name: nameOf(text), text, values } : text);
  return { query: query as pg.ClientBase["query"] };
}
