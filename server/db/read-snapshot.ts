import type pg from "pg";
import type { SnapshotPosition } from "../contracts/api/common.ts";

/**
 * Reads in one repeatable-read snapshot together with the commit position at which it holds, so that live patches carry
 * the answer forward without a gap.
 */
export async function readSnapshot<T>(
  { pool, epoch }: { readonly pool: pg.Pool; readonly epoch: string },
  read: (db: pg.PoolClient) => Promise<T>,
): Promise<{ value: T; snapshot: SnapshotPosition }> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await client.query<{ position: string }>("SELECT position FROM commit_position");
    const value = await read(client);
    await client.query("COMMIT");
    return { value, snapshot: { epoch, position: Number(rows[0]?.position) } };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}
