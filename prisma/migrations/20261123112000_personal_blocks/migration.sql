-- Personal data of last orders that are written together are sealed together: a row says in which block and where.
-- In the same partitions as the orders, and gone with them. Rows that are there keep their own (personal).
CREATE TABLE "personal_block" (
    "biz_date" DATE NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "personal_block_pkey" PRIMARY KEY ("biz_date","id")
) PARTITION BY RANGE ("biz_date");
-- What is sealed cannot be compressed.
ALTER TABLE "personal_block" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;

DO $$
DECLARE
  part RECORD;
BEGIN
  FOR part IN SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'last_order'::regclass
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF personal_block %s', replace(part.name, 'last_order', 'personal_block'), part.bounds);
  END LOOP;
END $$;

ALTER TABLE "last_order" ADD COLUMN "personal_block" BIGINT,
ADD COLUMN "personal_place" SMALLINT;
