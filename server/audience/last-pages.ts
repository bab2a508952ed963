import type { DataScope } from "../access/data-scope.ts";
import type { Context, LastPageKey } from "../context.ts";
import type { LastPage } from "../contracts/api/audience.ts";
import { id } from "../contracts/api/common.ts";

interface Row {
  readonly account_id: string;
  readonly device_id: string | null;
  /** Text: a bigint. */
  readonly log_time: string | null;
  readonly page_type: string | null;
  readonly page_name: string | null;
}

// The order of rule P3: newest first, text by its bytes, null lowest; the device only makes it total.
const NEWEST_FIRST = `log_time DESC, page_name COLLATE "C" DESC NULLS LAST,
  page_type COLLATE "C" DESC NULLS LAST, device_id COLLATE "C"`;

const BY_KEYS = `
  SELECT key.account_id, coalesce(found.device_id, key.device_id) AS device_id,
    found.log_time, found.page_type, found.page_name
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS key (account_id, device_id, place)
  LEFT JOIN LATERAL (
    SELECT * FROM last_page
    WHERE account_id = key.account_id AND (key.device_id IS NULL OR device_id = key.device_id)
    ORDER BY ${NEWEST_FIRST} LIMIT 1
  ) found ON true
  ORDER BY key.place`;

const BY_ACCOUNT = `SELECT * FROM last_page WHERE account_id = $1 ORDER BY ${NEWEST_FIRST} LIMIT 100`;

type Needs = Pick<Context, "pool" | "now" | "config">;

/** Rule P4 for many keys at once; answers in the order of the keys. */
export async function lastPages(ctx: Needs, keys: readonly LastPageKey[]): Promise<LastPage[]> {
  const accounts = keys.map((key) => storable(key.accountId));
  const devices = keys.map((key) => (key.deviceId === null ? null : storable(key.deviceId)));
  const { rows } = await ctx.pool.query<Row>({
    name: "last pages",
    text: BY_KEYS,
    values: [accounts, devices],
  });
  const answers = rows.map((row) => toLastPage(row, ctx.now(), ctx.config.LAST_PAGE_MAX_AGE));
  return answers.map((answer, index) => ({
    ...answer,
    accountId: keys[index]?.accountId ?? answer.accountId,
  }));
}

/**
 * All devices of one account, newest first; old ones with their status.
 * @param scope whose customers the reader sees: of another account there is nothing to tell (rule P6)
 */
export async function accountLastPages(ctx: Needs, accountId: string, scope: DataScope): Promise<LastPage[]> {
  if (scope !== null && !(await isCustomerIn(ctx, accountId, scope))) return [];
  const { rows } = await ctx.pool.query<Row>(BY_ACCOUNT, [storable(accountId)]);
  return rows.map((row) => toLastPage(row, ctx.now(), ctx.config.LAST_PAGE_MAX_AGE));
}

async function isCustomerIn({ pool }: Needs, accountId: string, scope: DataScope): Promise<boolean> {
  if (!id.safeParse(accountId).success) return false;
  const { rows } = await pool.query(
    "SELECT 1 FROM key_user WHERE user_id = $1::bigint AND segment = ANY ($2::text[])",
    [accountId, scope],
  );
  return rows.length > 0;
}

/** PostgreSQL holds no NUL in text: a key with one names nothing that could be stored, and is asked as U+FFFF. */
const storable = (text: string): string => text.replaceAll("\u0000", "\uffff");

function toLastPage(row: Row, now: number, maxAge: number): LastPage {
  const { account_id: accountId, device_id: deviceId, page_type: pageType, page_name: pageName } = row;
  if (row.log_time === null) {
    return {
      accountId,
      deviceId,
      pageType,
      pageName,
      eventTime: null,
      ageSeconds: null,
      status: "NOT_FOUND",
    };
  }
  const time = Number(row.log_time);
  return {
    accountId,
    deviceId,
    pageType,
    pageName,
    eventTime: new Date(time).toISOString(),
    ageSeconds: Math.max(0, Math.floor((now - time) / 1000)),
    status: now - time > maxAge ? "OUTSIDE_MAX_AGE" : "PRESENT",
  };
}
