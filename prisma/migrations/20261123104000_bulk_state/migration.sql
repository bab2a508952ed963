-- State rows are written in bulk, and most of their cost was the upkeep of indexes.

-- A user's newest order is found through the primary key, whose first column has few values.
DROP INDEX "last_order_user_id_biz_date_idx";
-- Summaries of ranges of pages: they let a row be replaced within its page.
DROP INDEX "last_order_biz_date_gmt_modified_idx";
CREATE INDEX "last_order_biz_date_gmt_modified_idx" ON "last_order"
  USING BRIN ("biz_date", "gmt_modified") WITH (pages_per_range = 32, autosummarize = on);
-- Room in each page for the next version of its rows; later partitions are made with it (server/db/partitions.ts).
ALTER TABLE "last_order_past" SET (fillfactor = 80);
ALTER TABLE "last_order_rest" SET (fillfactor = 80);

DROP INDEX "gross_order_biz_date_user_id_idx";
