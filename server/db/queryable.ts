import type pg from "pg";

/** Takes statements: a connection, a pool, or either with its statements prepared or pipelined. */
export type Queryable = Pick<pg.ClientBase, "query">;
