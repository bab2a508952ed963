import type pg from "pg";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { sealPersonal } from "#server/streams/orders/tables/personal-data.ts";

/** Who the cases belong to. */
export const MANAGERS = Array.from({ length: 20 }, (_, index) => `manager-${index}`);

/** Business days on which their users have ordered: as many as are kept by default. */
const DAYS = 400;

/**
 * A year's cases: most are closed, a few thousand are open, one in three has nobody yet; each with its evidence, and with
 * its user's last order of some day.
 */
export async function fillCases(pool: pg.Pool, cipher: FieldCipher, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO retention_case (id, user_id, open_user_id, state, triage, assignee, baseline_before, amount_now,
       premium_at_risk, occurrence_count, rules, opened_at, updated_at, closed_at)
     SELECT n, n, CASE WHEN state = 'closed' THEN NULL ELSE n END, state,
       CASE WHEN state IN ('recovered', 'regressed') THEN 'claimed' ELSE state END,
       CASE WHEN random() < 0.66 THEN ($2::text[])[1 + floor(random() * cardinality($2::text[]))::int] END,
       1000 + risk, 1000, risk, 1, '{step}', now() - n * interval '30 seconds',
       now() - n * interval '30 seconds' + random() * interval '10 days', NULL
     FROM (SELECT n, round((random() * 100000)::numeric, 2) AS risk, CASE
         WHEN pick < 0.95 THEN 'closed' WHEN pick < 0.97 THEN 'new' WHEN pick < 0.98 THEN 'claimed'
         WHEN pick < 0.99 THEN 'contacted' WHEN pick < 0.995 THEN 'snoozed' WHEN pick < 0.999 THEN 'recovered'
         ELSE 'regressed' END AS state
       FROM (SELECT n, random() AS pick FROM generate_series(1, $1::int) AS n) AS picked) AS made`,
    [count, MANAGERS],
  );
  await pool.query(
    `INSERT INTO occurrence (id, user_id, case_id, rules, rule_version, baseline_before, amount_now, drop_percent,
       event_time, detected_at, seq, anchor)
     SELECT n::text, n, n, '{step}', 1, 2000, 1000, 50, 1000, 1000, n, 2000 FROM generate_series(1, $1::int) AS n`,
    [count],
  );
  const personal = {
    customerName: "王小明",
    customerTel: "13800000000",
    certificateNo: "110101000000000000",
  };
  await pool.query(
    `INSERT INTO last_order (biz_date, user_id, gmt_modified, order_no, payable, personal, seq)
     SELECT current_date - (n % $2::int), n, 1000, 'B' || n, 100, $3, n FROM generate_series(1, $1::int) AS n`,
    [count, DAYS, sealPersonal(personal, cipher)],
  );
  for (const table of ["retention_case", "occurrence", "last_order"])
    await pool.query(`VACUUM ANALYZE ${table}`);
}
