-- CreateTable
CREATE TABLE "order_day" (
    "biz_date" DATE NOT NULL,
    "event_clock" BOOLEAN NOT NULL,
    "touched_at" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_day_pkey" PRIMARY KEY ("biz_date")
);

-- CreateTable
CREATE TABLE "day_revision" (
    "biz_date" DATE NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT,
    "reason" TEXT,
    "late_events" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "day_revision_pkey" PRIMARY KEY ("biz_date","revision")
);

-- CreateTable
CREATE TABLE "day_revision_hour" (
    "biz_date" DATE NOT NULL,
    "revision" INTEGER NOT NULL,
    "biz_hour" CHAR(10) NOT NULL,
    "total_premium" DECIMAL(38,2) NOT NULL,
    "policy_cnt" INTEGER NOT NULL,
    "policy_holder_cnt" INTEGER NOT NULL,
    "winner_cnt" INTEGER NOT NULL,
    "gross_premium" DECIMAL(38,2) NOT NULL,
    "gross_order_cnt" INTEGER NOT NULL,
    "revised_by_late" BOOLEAN NOT NULL,

    CONSTRAINT "day_revision_hour_pkey" PRIMARY KEY ("biz_date","revision","biz_hour")
);

-- CreateTable
CREATE TABLE "late_order" (
    "position" BIGINT NOT NULL,
    "biz_date" DATE NOT NULL,
    "seqs" BIGINT[],
    "revision" INTEGER,

    CONSTRAINT "late_order_pkey" PRIMARY KEY ("position","biz_date")
);

-- CreateIndex
CREATE INDEX "late_order_biz_date_idx" ON "late_order"("biz_date");

-- Days that were there before days closed stay open for as long as any other day, from now on.
INSERT INTO "order_day" ("biz_date", "event_clock", "touched_at")
  SELECT DISTINCT "biz_date", true, (extract(epoch FROM now()) * 1000)::bigint FROM "hour_figure";
