-- The log by the day of its commit, the orders' state by business date: what is old goes a month at a time, at once.
-- What is there becomes the first partition of each table as it stands, everything before the coming month: no row is
-- copied. The months after it are made ahead (server/db/partitions.ts). What no other partition takes is in `_rest`.

ALTER TABLE "event_log" RENAME TO "event_log_past";
ALTER TABLE "event_log_past" ADD COLUMN "committed_on" DATE NOT NULL DEFAULT CURRENT_DATE;
ALTER TABLE "event_log_past" DROP CONSTRAINT "event_log_pkey";
ALTER TABLE "event_log_past" ADD CONSTRAINT "event_log_past_pkey" PRIMARY KEY ("position", "stream", "committed_on");
ALTER INDEX "event_log_stream_min_event_time_max_event_time_idx" RENAME TO "event_log_past_event_time_idx";
CREATE TABLE "event_log" (LIKE "event_log_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("committed_on");
ALTER TABLE "event_log" ADD CONSTRAINT "event_log_pkey" PRIMARY KEY ("position", "stream", "committed_on");
CREATE INDEX "event_log_stream_min_event_time_max_event_time_idx" ON "event_log" ("stream", "min_event_time", "max_event_time");

ALTER TABLE "last_order" RENAME TO "last_order_past";
ALTER TABLE "last_order_past" RENAME CONSTRAINT "last_order_pkey" TO "last_order_past_pkey";
ALTER INDEX "last_order_user_id_biz_date_idx" RENAME TO "last_order_past_user_id_idx";
ALTER INDEX "last_order_biz_date_gmt_modified_idx" RENAME TO "last_order_past_gmt_modified_idx";
CREATE TABLE "last_order" (LIKE "last_order_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("biz_date");
ALTER TABLE "last_order" ADD CONSTRAINT "last_order_pkey" PRIMARY KEY ("biz_date", "user_id");
CREATE INDEX "last_order_user_id_biz_date_idx" ON "last_order" ("user_id", "biz_date");
CREATE INDEX "last_order_biz_date_gmt_modified_idx" ON "last_order" ("biz_date", "gmt_modified");

ALTER TABLE "gross_order" RENAME TO "gross_order_past";
ALTER TABLE "gross_order_past" RENAME CONSTRAINT "gross_order_pkey" TO "gross_order_past_pkey";
ALTER INDEX "gross_order_biz_date_user_id_idx" RENAME TO "gross_order_past_user_id_idx";
CREATE TABLE "gross_order" (LIKE "gross_order_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("biz_date");
ALTER TABLE "gross_order" ADD CONSTRAINT "gross_order_pkey" PRIMARY KEY ("biz_date", "order_no");
CREATE INDEX "gross_order_biz_date_user_id_idx" ON "gross_order" ("biz_date", "user_id");

DO $$
DECLARE
  name TEXT;
  coming DATE := (date_trunc('month', CURRENT_DATE) + interval '1 month')::date;
BEGIN
  FOREACH name IN ARRAY ARRAY['event_log', 'last_order', 'gross_order'] LOOP
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', name, name || '_past', coming);
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', name || '_rest', name);
  END LOOP;
END $$;

-- What of a day has been let go of (KEEP_LOG, KEEP_ORDERS): nothing is told from the part that is left.
ALTER TABLE "order_day" ADD COLUMN "log_pruned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "orders_pruned" BOOLEAN NOT NULL DEFAULT false;
