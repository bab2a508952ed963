-- DropIndex
DROP INDEX "dead_letter_code_id_idx";

-- DropIndex
DROP INDEX "dead_letter_stream_id_idx";

-- AlterTable
ALTER TABLE "dead_letter" ADD COLUMN     "amended" BYTEA,
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ADD COLUMN     "settled_by" TEXT,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "stream" ADD COLUMN     "letters_discarded" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "letters_replayed" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "dead_letter_state_id_idx" ON "dead_letter"("state", "id");

-- CreateIndex
CREATE INDEX "dead_letter_state_stream_code_field_id_idx" ON "dead_letter"("state", "stream", "code", "field", "id");
