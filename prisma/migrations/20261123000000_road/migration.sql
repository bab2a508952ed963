-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "commit_position" (
    "id" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "commit_position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream" (
    "name" TEXT NOT NULL,
    "next_seq" BIGINT NOT NULL DEFAULT 1,
    "received" BIGINT NOT NULL DEFAULT 0,
    "applied" BIGINT NOT NULL DEFAULT 0,
    "superseded" BIGINT NOT NULL DEFAULT 0,
    "duplicate" BIGINT NOT NULL DEFAULT 0,
    "late" BIGINT NOT NULL DEFAULT 0,
    "not_key_user" BIGINT NOT NULL DEFAULT 0,
    "anonymous" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "unknown_fields" BIGINT NOT NULL DEFAULT 0,
    "watermark" BIGINT,
    "last_commit_at" TIMESTAMPTZ(3),
    "last_batch_size" INTEGER NOT NULL DEFAULT 0,
    "covered_position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "event_log" (
    "position" BIGINT NOT NULL,
    "stream" TEXT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "accepted_at" BIGINT NOT NULL,
    "min_event_time" BIGINT NOT NULL,
    "max_event_time" BIGINT NOT NULL,
    "payload" BYTEA NOT NULL,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("position","stream")
);

-- CreateTable
CREATE TABLE "hour_figure" (
    "biz_hour" CHAR(10) NOT NULL,
    "biz_date" DATE NOT NULL,
    "total_premium" DECIMAL(38,2) NOT NULL,
    "policy_cnt" INTEGER NOT NULL,
    "policy_holder_cnt" INTEGER NOT NULL,
    "winner_cnt" INTEGER NOT NULL,
    "gross_premium" DECIMAL(38,2) NOT NULL,
    "gross_order_cnt" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "revised_by_late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "hour_figure_pkey" PRIMARY KEY ("biz_hour")
);

-- CreateTable
CREATE TABLE "last_order" (
    "biz_date" DATE NOT NULL,
    "user_id" BIGINT NOT NULL,
    "gmt_modified" BIGINT NOT NULL,
    "order_no" TEXT NOT NULL,
    "order_type" TEXT,
    "pay_time" BIGINT,
    "order_price" DECIMAL(18,2),
    "payable" DECIMAL(18,2),
    "gmt_created" BIGINT,
    "personal" BYTEA,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "last_order_pkey" PRIMARY KEY ("biz_date","user_id")
);

-- CreateTable
CREATE TABLE "gross_order" (
    "biz_date" DATE NOT NULL,
    "order_no" TEXT NOT NULL,
    "gmt_modified" BIGINT NOT NULL,
    "payable" DECIMAL(18,2),
    "user_id" BIGINT NOT NULL,

    CONSTRAINT "gross_order_pkey" PRIMARY KEY ("biz_date","order_no")
);

-- CreateTable
CREATE TABLE "last_page" (
    "account_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "log_time" BIGINT NOT NULL,
    "page_type" TEXT,
    "page_name" TEXT,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "last_page_pkey" PRIMARY KEY ("account_id","device_id")
);

-- CreateTable
CREATE TABLE "key_user" (
    "user_id" BIGINT NOT NULL,
    "raw_premium" DECIMAL(18,2) NOT NULL,
    "raw_info" TEXT,
    "baseline_as_of" BIGINT,
    "as_of_open_id" TEXT,
    "as_of_event" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL DEFAULT 'stream',
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_user_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "baseline_change" (
    "id" BIGSERIAL NOT NULL,
    "user_id" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "actor" TEXT,
    "reason" TEXT,
    "effective_at" BIGINT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "premium_before" DECIMAL(18,2),
    "premium_after" DECIMAL(18,2),
    "info_before" TEXT,
    "info_after" TEXT,
    "seq" BIGINT,
    "import_id" BIGINT,

    CONSTRAINT "baseline_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_user_import" (
    "id" BIGSERIAL NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,

    CONSTRAINT "key_user_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_rule" (
    "version" INTEGER NOT NULL,
    "step_percent" DECIMAL(5,2) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "retention_case" (
    "id" BIGSERIAL NOT NULL,
    "user_id" BIGINT NOT NULL,
    "open_user_id" BIGINT,
    "state" TEXT NOT NULL,
    "triage" TEXT NOT NULL,
    "mark" TEXT,
    "assignee" TEXT,
    "outcome" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "baseline_before" DECIMAL(18,2) NOT NULL,
    "amount_now" DECIMAL(18,2) NOT NULL,
    "premium_at_risk" DECIMAL(18,2) NOT NULL,
    "occurrence_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "occurrence" (
    "id" TEXT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "case_id" BIGINT NOT NULL,
    "rules" TEXT[],
    "rule_version" INTEGER NOT NULL,
    "baseline_before" DECIMAL(18,2) NOT NULL,
    "amount_now" DECIMAL(18,2) NOT NULL,
    "drop_percent" DECIMAL(9,4) NOT NULL,
    "info_before" TEXT,
    "info_now" TEXT,
    "event_time" BIGINT NOT NULL,
    "open_id" TEXT,
    "detected_at" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "occurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_event" (
    "id" BIGSERIAL NOT NULL,
    "case_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" BIGSERIAL NOT NULL,
    "stream" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "field" TEXT,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" BYTEA NOT NULL,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "username" TEXT,
    "displayUsername" TEXT,
    "role" TEXT,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rateLimit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL,

    CONSTRAINT "rateLimit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_log_stream_min_event_time_max_event_time_idx" ON "event_log"("stream", "min_event_time", "max_event_time");

-- CreateIndex
CREATE INDEX "hour_figure_biz_date_idx" ON "hour_figure"("biz_date");

-- CreateIndex
CREATE INDEX "last_order_user_id_biz_date_idx" ON "last_order"("user_id", "biz_date");

-- CreateIndex
CREATE INDEX "last_order_biz_date_gmt_modified_idx" ON "last_order"("biz_date", "gmt_modified");

-- CreateIndex
CREATE INDEX "gross_order_biz_date_user_id_idx" ON "gross_order"("biz_date", "user_id");

-- CreateIndex
CREATE INDEX "last_page_log_time_idx" ON "last_page"("log_time");

-- CreateIndex
CREATE INDEX "key_user_updated_at_user_id_idx" ON "key_user"("updated_at", "user_id");

-- CreateIndex
CREATE INDEX "baseline_change_user_id_id_idx" ON "baseline_change"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "retention_case_open_user_id_key" ON "retention_case"("open_user_id");

-- CreateIndex
CREATE INDEX "retention_case_state_premium_at_risk_id_idx" ON "retention_case"("state", "premium_at_risk", "id");

-- CreateIndex
CREATE INDEX "retention_case_user_id_idx" ON "retention_case"("user_id");

-- CreateIndex
CREATE INDEX "retention_case_premium_at_risk_id_idx" ON "retention_case"("premium_at_risk", "id");

-- CreateIndex
CREATE INDEX "retention_case_opened_at_id_idx" ON "retention_case"("opened_at", "id");

-- CreateIndex
CREATE INDEX "occurrence_user_id_event_time_idx" ON "occurrence"("user_id", "event_time");

-- CreateIndex
CREATE INDEX "occurrence_event_time_id_idx" ON "occurrence"("event_time", "id");

-- CreateIndex
CREATE INDEX "occurrence_case_id_idx" ON "occurrence"("case_id");

-- CreateIndex
CREATE INDEX "case_event_case_id_id_idx" ON "case_event"("case_id", "id");

-- CreateIndex
CREATE INDEX "dead_letter_stream_id_idx" ON "dead_letter"("stream", "id");

-- CreateIndex
CREATE INDEX "dead_letter_code_id_idx" ON "dead_letter"("code", "id");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_idx" ON "audit_entry"("subject", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rateLimit_key_key" ON "rateLimit"("key");

-- AddForeignKey
ALTER TABLE "baseline_change" ADD CONSTRAINT "baseline_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "key_user"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occurrence" ADD CONSTRAINT "occurrence_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "retention_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "retention_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The rows that every installation starts with.
INSERT INTO "commit_position" ("id", "position") VALUES (1, 0);
INSERT INTO "lease" ("name", "holder", "epoch", "expires_at") VALUES ('writer', '', 0, 'epoch');
INSERT INTO "stream" ("name") VALUES ('orders'), ('premium_changes'), ('page_views');
INSERT INTO "alert_rule" ("version", "step_percent", "created_by") VALUES (1, 15, 'tidewatch');

-- The original jobs' output tables, under their own names (rules O9, K10, P5).
CREATE VIEW "adm_pfm_zy_order_gmv_msx_hs" AS
  SELECT "biz_hour"::text AS "biz_date", "total_premium", "policy_cnt", "policy_holder_cnt"
  FROM "hour_figure" WHERE "winner_cnt" > 0;

CREATE VIEW "wechat_activity_user" AS
  SELECT DISTINCT ON ("user_id") "user_id" AS "id", "info_before" AS "raw_info", "info_now" AS "now_info",
    "baseline_before" AS "raw_premium", "amount_now" AS "now_premium"
  FROM "occurrence" WHERE 'step' = ANY ("rules") ORDER BY "user_id", "event_time" DESC, "seq" DESC;

CREATE VIEW "adm_zy_acct_sub_wechat_list" AS
  SELECT "user_id" AS "id", "raw_premium", "raw_info" FROM "key_user" WHERE "removed_at" IS NULL;

CREATE VIEW "user_last_log" AS
  SELECT "account_id", "device_id", "page_type" AS "bury_point_type", "page_name" FROM "last_page";
