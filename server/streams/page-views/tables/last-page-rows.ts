import type { Queryable } from "#server/db/queryable.ts";

/** A last page, as the state table keeps it. */
export interface StoredPage {
  readonly accountId: string;
  readonly deviceId: string;
  readonly logTime: number;
  readonly pageType: string | null;
  readonly pageName: string | null;
  readonly seq: bigint;
}

/** Rows per statement: bounds the memory of one parameter list. */
const CHUNK = 5_000;

/** Writes last pages, guarded by rule P3. */
export async function writePages(db: Queryable, pages: Iterable<StoredPage>): Promise<void> {
  const rows = [...pages];
  for (let start = 0; start < rows.length; start += CHUNK) {
    await writeChunk(db, rows.slice(start, start + CHUNK));
  }
}

async function writeChunk(db: Queryable, rows: readonly StoredPage[]): Promise<void> {
  await db.query(
    `INSERT INTO last_page AS kept (account_id, device_id, log_time, page_type, page_name, seq)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[])
     ON CONFLICT (account_id, device_id) DO UPDATE SET log_time = excluded.log_time,
       page_type = excluded.page_type, page_name = excluded.page_name, seq = excluded.seq
     WHERE excluded.log_time > kept.log_time
        OR (excluded.log_time = kept.log_time AND
            (excluded.page_name IS NOT NULL, coalesce(excluded.page_name, '') COLLATE "C",
             excluded.page_type IS NOT NULL, coalesce(excluded.page_type, '') COLLATE "C")
         >= (kept.page_name IS NOT NULL, coalesce(kept.page_name, '') COLLATE "C",
             kept.page_type IS NOT NULL, coalesce(kept.page_type, '') COLLATE "C"))`,
    [
      rows.map((row) => row.accountId),
      rows.map((row) => row.deviceId),
      rows.map((row) => row.logTime),
      rows.map((row) => row.pageType),
      rows.map((row) => row.pageName),
      rows.map((row) => row.seq),
    ],
  );
}

/** Last pages of these accounts' devices, as far as there are any. */
export async function readLastPages(
  db: Queryable,
  keys: readonly { accountId: string; deviceId: string }[],
): Promise<StoredPage[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<{
    account_id: string;
    device_id: string;
    log_time: string;
    page_type: string | null;
    page_name: string | null;
    seq: string;
  }>(
    `SELECT account_id, device_id, log_time, page_type, page_name, seq FROM last_page
     WHERE (account_id, device_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [keys.map((key) => key.accountId), keys.map((key) => key.deviceId)],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    deviceId: row.device_id,
    logTime: Number(row.log_time),
    pageType: row.page_type,
    pageName: row.page_name,
    seq: BigInt(row.seq),
  }));
}
