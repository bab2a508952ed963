-- Dead letters by the month of their receipt, like the log: what is old goes by dropping a table. The letters that are
-- there become the first partition; they get the date that decides, and stay where they lie.
ALTER TABLE "dead_letter" RENAME TO "dead_letter_past";
ALTER TABLE "dead_letter_past" ADD COLUMN "received_on" DATE NOT NULL DEFAULT CURRENT_DATE;
UPDATE "dead_letter_past" SET "received_on" = ("received_at" AT TIME ZONE 'UTC')::date;
ALTER TABLE "dead_letter_past" DROP CONSTRAINT "dead_letter_pkey";
ALTER TABLE "dead_letter_past" ADD CONSTRAINT "dead_letter_past_pkey" PRIMARY KEY ("id", "received_on");
ALTER INDEX "dead_letter_received_at_idx" RENAME TO "dead_letter_past_received_at_idx";
ALTER INDEX "dead_letter_state_id_idx" RENAME TO "dead_letter_past_state_id_idx";
ALTER INDEX "dead_letter_state_stream_code_field_id_idx" RENAME TO "dead_letter_past_kind_idx";

CREATE TABLE "dead_letter" (LIKE "dead_letter_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("received_on");
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id", "received_on");
CREATE INDEX "dead_letter_received_at_idx" ON "dead_letter" ("received_at");
CREATE INDEX "dead_letter_state_id_idx" ON "dead_letter" ("state", "id");
CREATE INDEX "dead_letter_state_stream_code_field_id_idx" ON "dead_letter" ("state", "stream", "code", "field", "id");
-- Or it would go with the first partition.
ALTER SEQUENCE "dead_letter_id_seq" OWNED BY "dead_letter"."id";

DO $$
DECLARE
  newest DATE := (SELECT greatest(CURRENT_DATE, max("received_on")) FROM "dead_letter_past");
BEGIN
  EXECUTE format('ALTER TABLE "dead_letter" ATTACH PARTITION "dead_letter_past" FOR VALUES FROM (MINVALUE) TO (%L)',
    (date_trunc('month', newest) + interval '1 month')::date);
  CREATE TABLE "dead_letter_rest" PARTITION OF "dead_letter" DEFAULT;
END $$;
