-- AlterTable
ALTER TABLE "key_user_import" ADD COLUMN     "affected_cases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "conflicts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "file_name" TEXT,
ADD COLUMN     "has_rows" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "reading" JSONB,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "removed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "undoes" BIGINT;

-- Imports of before have no rows that could go back.
UPDATE "key_user_import" SET "has_rows" = false;

-- CreateTable
CREATE TABLE "key_user_import_row" (
    "import_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "line" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "premium_before" DECIMAL(18,2),
    "premium_after" DECIMAL(18,2),
    "info_before" TEXT,
    "info_after" TEXT,
    "as_of_before" BIGINT,
    "as_of_after" BIGINT,
    "as_of_event_before" BOOLEAN NOT NULL DEFAULT false,
    "anchor_before" DECIMAL(18,2),
    "anchor_after" DECIMAL(18,2),
    "removed_at_before" TIMESTAMPTZ(3),
    "left_to" TEXT,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_user_import_row_pkey" PRIMARY KEY ("import_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "key_user_import_undoes_key" ON "key_user_import"("undoes");

-- CreateIndex
CREATE INDEX "key_user_import_at_idx" ON "key_user_import"("at");

-- AddForeignKey
ALTER TABLE "key_user_import_row" ADD CONSTRAINT "key_user_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "key_user_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
