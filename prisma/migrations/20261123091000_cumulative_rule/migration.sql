-- AlterTable
ALTER TABLE "alert_rule" ADD COLUMN     "cumulative_percent" DECIMAL(5,2) NOT NULL DEFAULT 15,
ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "key_user" ADD COLUMN     "anchor" DECIMAL(18,2);

-- AlterTable
ALTER TABLE "occurrence" ADD COLUMN     "anchor" DECIMAL(18,2);

-- AlterTable
ALTER TABLE "retention_case" ADD COLUMN     "anchor" DECIMAL(18,2),
ADD COLUMN     "lowest_amount" DECIMAL(18,2);

-- What stands: the anchor is the highest baseline since listing or since the last closed case, whichever is later.
UPDATE "key_user" k SET "anchor" = (
  SELECT max(c."premium_after") FROM "baseline_change" c WHERE c."user_id" = k."user_id" AND c."id" >= coalesce(greatest(
    (SELECT max(l."id") FROM "baseline_change" l WHERE l."user_id" = k."user_id" AND l."premium_before" IS NULL),
    (SELECT max(b."id") FROM "baseline_change" b WHERE b."user_id" = k."user_id" AND b."changed_at" <= (
      SELECT max(e."at") FROM "case_event" e JOIN "retention_case" r ON r."id" = e."case_id"
      WHERE r."user_id" = k."user_id" AND e."kind" = 'closed'))), 0));

UPDATE "retention_case" c SET "lowest_amount" = (
  SELECT min(o."amount_now") FROM "occurrence" o
  WHERE o."case_id" = c."id" AND o."detected_at" >= extract(epoch FROM c."opened_at") * 1000);
