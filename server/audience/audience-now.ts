import type { Context } from "../context.ts";
import type { AudienceNow } from "../contracts/api/audience.ts";

/** An account counts as present when its last page is not older than this. */
const AUDIENCE_WINDOW_MINUTES = 15;
/** Pages listed by name; the types above them are complete. */
const LISTED_PAGES = 50;

interface Row {
  readonly position: string;
  readonly types: { pageType: string | null; accounts: number }[] | null;
  readonly pages: { pageType: string | null; pageName: string | null; accounts: number }[] | null;
}

// One statement, so one snapshot. Bounded by the index on log_time: only what moved within the window is read.
const NOW = `
  WITH present AS (
    SELECT DISTINCT ON (account_id) page_type, page_name FROM last_page
    WHERE log_time > $1 AND log_time <= $2
    ORDER BY account_id, log_time DESC, page_name COLLATE "C" DESC NULLS LAST,
      page_type COLLATE "C" DESC NULLS LAST
  ), types AS (
    SELECT page_type AS "pageType", count(*)::int AS accounts FROM present GROUP BY 1 ORDER BY 2 DESC, 1
  ), pages AS (
    SELECT page_type AS "pageType", page_name AS "pageName", count(*)::int AS accounts
    FROM present GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${LISTED_PAGES}
  )
  SELECT (SELECT position FROM commit_position) AS position,
    (SELECT json_agg(types) FROM types) AS types, (SELECT json_agg(pages) FROM pages) AS pages`;

/** Where users are now: accounts by the page of their newest event within the window, by event time. */
export async function audienceNow(
  ctx: Pick<Context, "pool" | "now" | "epoch">,
): Promise<Omit<AudienceNow, "movement">> {
  const now = ctx.now();
  const from = now - AUDIENCE_WINDOW_MINUTES * 60_000;
  const { rows } = await ctx.pool.query<Row>(NOW, [from, now + 300_000]);
  const [row] = rows;
  const byType = row?.types ?? [];
  return {
    windowMinutes: AUDIENCE_WINDOW_MINUTES,
    accounts: byType.reduce((sum, { accounts }) => sum + accounts, 0),
    byType,
    byPage: row?.pages ?? [],
    snapshot: { epoch: ctx.epoch, position: Number(row?.position ?? 0) },
  };
}
