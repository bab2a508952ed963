-- The greatest event applied to a key user stays known whatever people do to the row afterwards (rules K3, C9).
ALTER TABLE "key_user" RENAME COLUMN "as_of_open_id" TO "event_open_id";
ALTER TABLE "key_user" ADD COLUMN     "event_time" BIGINT,
ADD COLUMN     "event_premium" DECIMAL(18,2),
ADD COLUMN     "event_info" TEXT;

UPDATE "key_user" k SET "event_time" = e."effective_at", "event_premium" = e."premium_after", "event_info" = e."info_after"
FROM (
  SELECT DISTINCT ON ("user_id") "user_id", "effective_at", "premium_after", "info_after" FROM "baseline_change"
  WHERE "source" = 'stream' ORDER BY "user_id", "effective_at" DESC, "id" DESC
) e WHERE e."user_id" = k."user_id";
