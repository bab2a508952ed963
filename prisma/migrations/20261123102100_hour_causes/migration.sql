-- What moved each hour (rule O8), beside the log. In the same partitions as the orders that it tells of.
CREATE TABLE "hour_cause" (
    "biz_date" DATE NOT NULL,
    "biz_hour" CHAR(10) NOT NULL,
    "position" BIGINT NOT NULL,
    "payload" BYTEA NOT NULL,

    CONSTRAINT "hour_cause_pkey" PRIMARY KEY ("biz_date","biz_hour","position")
) PARTITION BY RANGE ("biz_date");

DO $$
DECLARE
  part RECORD;
BEGIN
  FOR part IN SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'last_order'::regclass
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF hour_cause %s', replace(part.name, 'last_order', 'hour_cause'), part.bounds);
  END LOOP;
END $$;

-- Days that have had orders before are told from the log alone.
ALTER TABLE "order_day" ADD COLUMN "causes_in_log" BOOLEAN NOT NULL DEFAULT false;
UPDATE "order_day" SET "causes_in_log" = true;
