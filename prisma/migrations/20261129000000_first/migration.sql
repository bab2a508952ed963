-- The whole schema. Until a first version is tagged it changes here, in place; from then on each change is a migration of its own.
-- What the columns mean stands in prisma/schema.prisma; here stands why a table, an index or a partition is made as it is.
-- Times that belong to an event are epoch milliseconds (bigint), times at which Tidewatch did something timestamptz, money numeric.
--
-- Seven tables lie in monthly partitions, so that what is old goes by dropping a table: event_log, commit_feed, last_order,
-- personal_block, gross_order, hour_cause, dead_letter. Their partitions are made at the end of this file.

-- ── Who may write, and in which order ──

CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    expires_at timestamptz(3) NOT NULL
);

CREATE TABLE commit_position (
    id integer PRIMARY KEY,
    position bigint NOT NULL
);

-- Text, as it was written: a commit must not fail for what its message says, and nothing looks into it here.
CREATE TABLE commit_feed (
    position bigint NOT NULL,
    at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    message json NOT NULL,
    committed_on date NOT NULL DEFAULT CURRENT_DATE,

    PRIMARY KEY (position, committed_on)
) PARTITION BY RANGE (committed_on);

-- Each writes its own row every second, and deletes those of others that have said nothing for a minute.
CREATE TABLE node (
    id text PRIMARY KEY,
    name text NOT NULL,
    url text NOT NULL,
    role text NOT NULL,
    build text NOT NULL,
    started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    seen_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    sockets integer NOT NULL,
    position bigint NOT NULL,
    behind_ms integer NOT NULL,
    channels text[] NOT NULL
);

-- ── Streams and their log ──

CREATE TABLE stream (
    name text PRIMARY KEY,
    next_seq bigint NOT NULL DEFAULT 1,
    received bigint NOT NULL DEFAULT 0,
    applied bigint NOT NULL DEFAULT 0,
    superseded bigint NOT NULL DEFAULT 0,
    duplicate bigint NOT NULL DEFAULT 0,
    late bigint NOT NULL DEFAULT 0,
    not_key_user bigint NOT NULL DEFAULT 0,
    anonymous bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    unknown_fields bigint NOT NULL DEFAULT 0,
    watermark bigint,
    last_commit_at timestamptz(3),
    last_batch_size integer NOT NULL DEFAULT 0,
    covered_position bigint NOT NULL DEFAULT 0,
    dead_letters_discarded bigint NOT NULL DEFAULT 0,
    dead_letters_replayed bigint NOT NULL DEFAULT 0
);

-- By the day of the commit, by the database's clock: events may tell any time.
CREATE TABLE event_log (
    position bigint NOT NULL,
    stream text NOT NULL,
    first_seq bigint NOT NULL,
    count integer NOT NULL,
    accepted_at bigint NOT NULL,
    min_event_time bigint NOT NULL,
    max_event_time bigint NOT NULL,
    payload bytea NOT NULL,
    committed_on date NOT NULL DEFAULT CURRENT_DATE,

    -- The key of a partitioned table holds the date that decides.
    PRIMARY KEY (position, stream, committed_on)
) PARTITION BY RANGE (committed_on);
-- The batches that may hold orders of a business day.
CREATE INDEX ON event_log (stream, min_event_time, max_event_time);

-- By the day of receipt, in UTC.
CREATE TABLE dead_letter (
    id bigserial NOT NULL,
    stream text NOT NULL,
    line integer NOT NULL,
    code text NOT NULL,
    field text,
    message text NOT NULL,
    received_at timestamptz(3) NOT NULL,
    payload bytea NOT NULL,
    edited bytea,
    attempts integer NOT NULL DEFAULT 0,
    reason text,
    settled_at timestamptz(3),
    settled_by text,
    state text NOT NULL DEFAULT 'open',
    version integer NOT NULL DEFAULT 1,
    received_on date NOT NULL DEFAULT CURRENT_DATE,

    PRIMARY KEY (id, received_on)
) PARTITION BY RANGE (received_on);
CREATE INDEX ON dead_letter (received_at);
CREATE INDEX ON dead_letter (state, id);
-- Reason groups, and the letters of one of them.
CREATE INDEX ON dead_letter (state, stream, code, field, id);

-- ── Orders: state, hours, days ──

CREATE TABLE last_order (
    biz_date date NOT NULL,
    user_id bigint NOT NULL,
    gmt_modified bigint NOT NULL,
    order_no text NOT NULL,
    order_type text,
    pay_time bigint,
    order_price decimal(18,2),
    payable decimal(18,2),
    gmt_created bigint,
    personal bytea,
    seq bigint NOT NULL,
    personal_block bigint,
    personal_place smallint,

    PRIMARY KEY (biz_date, user_id)
) PARTITION BY RANGE (biz_date);
-- State rows are written in bulk, and most of their cost is the upkeep of indexes: each has to be worth it.
-- A user's newest order, for fifty users of a page at a time: through the key, each costs a look into every date that is kept.
CREATE INDEX ON last_order (user_id, biz_date);
-- Summaries of ranges of pages: they let a row be replaced within its page.
CREATE INDEX ON last_order USING brin (biz_date, gmt_modified) WITH (pages_per_range = 32, autosummarize = on);

-- Personal data of last orders that are written together is sealed together: a row says in which block and where. In the same
-- partitions as the orders, and gone with them. A row that is written alone keeps its own (personal).
CREATE TABLE personal_block (
    biz_date date NOT NULL,
    id bigserial NOT NULL,
    sealed bytea NOT NULL,

    PRIMARY KEY (biz_date, id)
) PARTITION BY RANGE (biz_date);
-- What is sealed cannot be compressed.
ALTER TABLE personal_block ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE gross_order (
    biz_date date NOT NULL,
    order_no text NOT NULL,
    gmt_modified bigint NOT NULL,
    payable decimal(18,2),
    user_id bigint NOT NULL,

    PRIMARY KEY (biz_date, order_no)
) PARTITION BY RANGE (biz_date);

CREATE TABLE hour_figure (
    biz_hour char(10) PRIMARY KEY,
    biz_date date NOT NULL,
    total_premium decimal(38,2) NOT NULL,
    policy_cnt integer NOT NULL,
    policy_holder_cnt integer NOT NULL,
    winner_cnt integer NOT NULL,
    gross_premium decimal(38,2) NOT NULL,
    gross_order_cnt integer NOT NULL,
    position bigint NOT NULL,
    revised_by_late boolean NOT NULL DEFAULT false
);
CREATE INDEX ON hour_figure (biz_date);

-- What moved each hour (rule O8), beside the log. In the same partitions as the orders that it tells of.
CREATE TABLE hour_cause (
    biz_date date NOT NULL,
    biz_hour char(10) NOT NULL,
    position bigint NOT NULL,
    payload bytea NOT NULL,

    PRIMARY KEY (biz_date, biz_hour, position)
) PARTITION BY RANGE (biz_date);

CREATE TABLE order_day (
    biz_date date PRIMARY KEY,
    event_clock boolean NOT NULL,
    touched_at bigint NOT NULL,
    revision integer NOT NULL DEFAULT 0,
    -- What of a day was pruned (KEEP_LOG, KEEP_ORDERS): nothing is told from the part that is left.
    log_pruned boolean NOT NULL DEFAULT false,
    orders_pruned boolean NOT NULL DEFAULT false
);

CREATE TABLE day_revision (
    biz_date date NOT NULL,
    revision integer NOT NULL,
    at timestamptz(3) NOT NULL,
    actor text,
    reason text,
    late_events integer NOT NULL DEFAULT 0,
    position bigint NOT NULL,

    PRIMARY KEY (biz_date, revision)
);

CREATE TABLE day_revision_hour (
    biz_date date NOT NULL,
    revision integer NOT NULL,
    biz_hour char(10) NOT NULL,
    total_premium decimal(38,2) NOT NULL,
    policy_cnt integer NOT NULL,
    policy_holder_cnt integer NOT NULL,
    winner_cnt integer NOT NULL,
    gross_premium decimal(38,2) NOT NULL,
    gross_order_cnt integer NOT NULL,
    revised_by_late boolean NOT NULL,

    PRIMARY KEY (biz_date, revision, biz_hour)
);

CREATE TABLE late_order (
    position bigint NOT NULL,
    biz_date date NOT NULL,
    seqs bigint[],
    revision integer,

    PRIMARY KEY (position, biz_date)
);
CREATE INDEX ON late_order (biz_date);

-- ── Page views ──

CREATE TABLE last_page (
    account_id text NOT NULL,
    device_id text NOT NULL,
    log_time bigint NOT NULL,
    page_type text,
    page_name text,
    seq bigint NOT NULL,

    PRIMARY KEY (account_id, device_id)
);
CREATE INDEX ON last_page (log_time);

-- ── Key users ──

CREATE TABLE key_user (
    user_id bigint PRIMARY KEY,
    raw_premium decimal(18,2) NOT NULL,
    raw_info text,
    -- By which managers see some customers and not others.
    segment text,
    -- Sealed, behind the look-ups that they are found by (server/lib/sealed-contact.ts).
    customer_name bytea,
    customer_tel bytea,
    baseline_as_of bigint,
    -- The greatest event applied stays known whatever people do to the row afterwards (rules K3, C9): event_*.
    event_open_id text,
    as_of_event boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_by text NOT NULL DEFAULT 'stream',
    removed_at timestamptz(3),
    anchor decimal(18,2),
    event_time bigint,
    event_premium decimal(18,2),
    event_info text
);
CREATE INDEX ON key_user (updated_at, user_id);
CREATE INDEX ON key_user (raw_premium, user_id);
CREATE INDEX key_user_name_look_up ON key_user (substring(customer_name FROM 1 FOR 16));
CREATE INDEX key_user_surname_look_up ON key_user (substring(customer_name FROM 17 FOR 16));
CREATE INDEX key_user_telephone_look_up ON key_user (substring(customer_tel FROM 1 FOR 16));

CREATE TABLE baseline_change (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES key_user ON DELETE RESTRICT ON UPDATE CASCADE,
    source text NOT NULL,
    actor text,
    reason text,
    effective_at bigint,
    changed_at timestamptz(3) NOT NULL,
    premium_before decimal(18,2),
    premium_after decimal(18,2),
    info_before text,
    info_after text,
    segment_before text,
    segment_after text,
    customer_name_before bytea,
    customer_name_after bytea,
    customer_tel_before bytea,
    customer_tel_after bytea,
    seq bigint,
    import_id bigint,
    position bigint
);
CREATE INDEX ON baseline_change (user_id, id);

CREATE TABLE key_user_import (
    id bigserial PRIMARY KEY,
    actor text NOT NULL,
    at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    added integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    rejected integer NOT NULL,
    removed integer NOT NULL DEFAULT 0,
    conflicts integer NOT NULL DEFAULT 0,
    affected_cases integer NOT NULL DEFAULT 0,
    file_name text,
    reading jsonb,
    reason text,
    -- An import is undone once.
    undoes bigint UNIQUE,
    has_rows boolean NOT NULL DEFAULT true,
    position bigint
);
CREATE INDEX ON key_user_import (at);

-- What each row was and became: an import is undone row by row.
CREATE TABLE key_user_import_row (
    import_id bigint NOT NULL REFERENCES key_user_import (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    user_id bigint NOT NULL,
    line integer NOT NULL,
    action text NOT NULL,
    version integer NOT NULL,
    premium_before decimal(18,2),
    premium_after decimal(18,2),
    info_before text,
    info_after text,
    segment_before text,
    segment_after text,
    customer_name_before bytea,
    customer_name_after bytea,
    customer_tel_before bytea,
    customer_tel_after bytea,
    as_of_before bigint,
    as_of_after bigint,
    as_of_event_before boolean NOT NULL DEFAULT false,
    anchor_before decimal(18,2),
    anchor_after decimal(18,2),
    removed_at_before timestamptz(3),
    left_to text,
    left_at timestamptz(3),
    PRIMARY KEY (import_id, user_id)
);

-- ── Retention: rules, cases, evidence, notices ──

CREATE TABLE alert_rule (
    version integer PRIMARY KEY,
    step_percent decimal(5,2) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    created_by text NOT NULL,
    cumulative_percent decimal(5,2) NOT NULL DEFAULT 15,
    reason text,
    position bigint NOT NULL
);

CREATE TABLE retention_case (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL,
    open_user_id bigint,
    state text NOT NULL,
    triage text NOT NULL,
    mark text,
    assignee text,
    outcome text,
    snoozed_until timestamptz(3),
    baseline_before decimal(18,2) NOT NULL,
    amount_now decimal(18,2) NOT NULL,
    premium_at_risk decimal(18,2) NOT NULL,
    occurrence_count integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    opened_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    closed_at timestamptz(3),
    anchor decimal(18,2),
    lowest_amount decimal(18,2),
    -- The queue shows which rules fired: a page need not look into all the evidence behind it.
    rules text[] NOT NULL DEFAULT ARRAY[]::text[]
);
-- A user has one open case at most.
CREATE UNIQUE INDEX retention_case_open_user_id_key ON retention_case (open_user_id);
CREATE INDEX ON retention_case (user_id);
-- Customer numbers from their ends: the desk finds them by their last digits.
CREATE INDEX ON retention_case (reverse(user_id::text) COLLATE "C");
-- One for each way in which the queue is filtered and sorted: a page reads its own rows and no others.
CREATE INDEX ON retention_case (state, premium_at_risk, id);
CREATE INDEX ON retention_case (state, opened_at, id);
CREATE INDEX ON retention_case (state, updated_at, id);
CREATE INDEX ON retention_case (assignee, state, premium_at_risk, id);
CREATE INDEX ON retention_case (assignee, state, opened_at, id);
CREATE INDEX ON retention_case (assignee, state, updated_at, id);

CREATE TABLE occurrence (
    id text PRIMARY KEY,
    user_id bigint NOT NULL,
    case_id bigint NOT NULL REFERENCES retention_case ON DELETE RESTRICT ON UPDATE CASCADE,
    rules text[],
    rule_version integer NOT NULL,
    baseline_before decimal(18,2) NOT NULL,
    amount_now decimal(18,2) NOT NULL,
    drop_percent decimal(9,4) NOT NULL,
    info_before text,
    info_now text,
    event_time bigint NOT NULL,
    open_id text,
    detected_at bigint NOT NULL,
    seq bigint NOT NULL,
    anchor decimal(18,2) NOT NULL
);
CREATE INDEX ON occurrence (case_id);
CREATE INDEX ON occurrence (event_time, id);
CREATE INDEX ON occurrence (user_id, event_time);

CREATE TABLE case_event (
    id bigserial PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES retention_case ON DELETE RESTRICT ON UPDATE CASCADE,
    at timestamptz(3) NOT NULL,
    actor text,
    kind text NOT NULL,
    body jsonb NOT NULL,
    before jsonb,
    position bigint NOT NULL
);
CREATE INDEX ON case_event (case_id, id);
CREATE INDEX ON case_event (actor, kind, at);

CREATE TABLE outbox (
    id bigserial PRIMARY KEY,
    delivery_key text NOT NULL,
    kind text NOT NULL,
    case_id bigint REFERENCES retention_case ON DELETE CASCADE ON UPDATE CASCADE,
    -- Of an act: whom it is told; null: everybody who may be told.
    receivers text[],
    payload jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    routed_at timestamptz(3)
);
-- A repeat of the same event leaves no second notice.
CREATE UNIQUE INDEX outbox_delivery_key_key ON outbox (delivery_key);
CREATE INDEX ON outbox (routed_at, id);

CREATE TABLE delivery (
    id bigserial PRIMARY KEY,
    outbox_id bigint NOT NULL REFERENCES outbox ON DELETE CASCADE ON UPDATE CASCADE,
    channel text NOT NULL,
    receiver text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'pending',
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz(3) NOT NULL,
    last_error text,
    delivered_at timestamptz(3)
);
CREATE UNIQUE INDEX delivery_outbox_id_channel_receiver_key ON delivery (outbox_id, channel, receiver);
CREATE INDEX ON delivery (state, next_attempt_at);
CREATE INDEX ON delivery (state, id);

-- ── People, machines, the installation ──

-- better-auth's five tables, in its names.
CREATE TABLE "user" (
    id text PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    "emailVerified" boolean NOT NULL DEFAULT false,
    image text,
    "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamptz(3) NOT NULL,
    username text,
    "displayUsername" text,
    role text,
    -- Since when a person may no longer sign in. Their rows stay, for what they did names them.
    "disabledAt" timestamptz(3),
    "lastSignInAt" timestamptz(3),
    segments text[] NOT NULL DEFAULT ARRAY[]::text[],
    told jsonb NOT NULL DEFAULT '{}',
    "twoFactorEnabled" boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX user_email_key ON "user" (email);
CREATE UNIQUE INDEX user_username_key ON "user" (username);

CREATE TABLE session (
    id text PRIMARY KEY,
    "expiresAt" timestamptz(3) NOT NULL,
    token text NOT NULL,
    "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamptz(3) NOT NULL,
    "ipAddress" text,
    "userAgent" text,
    "userId" text NOT NULL REFERENCES "user" ON DELETE CASCADE ON UPDATE CASCADE,
    -- When a second factor was given in it; null: none was.
    "secondFactorAt" timestamptz(3)
);
CREATE UNIQUE INDEX session_token_key ON session (token);
CREATE INDEX ON session ("userId");

CREATE TABLE account (
    id text PRIMARY KEY,
    "accountId" text NOT NULL,
    "providerId" text NOT NULL,
    "userId" text NOT NULL REFERENCES "user" ON DELETE CASCADE ON UPDATE CASCADE,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz(3),
    "refreshTokenExpiresAt" timestamptz(3),
    scope text,
    password text,
    "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamptz(3) NOT NULL
);
CREATE INDEX ON account ("userId");

CREATE TABLE verification (
    id text PRIMARY KEY,
    identifier text NOT NULL,
    value text NOT NULL,
    "expiresAt" timestamptz(3) NOT NULL,
    "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamptz(3) NOT NULL
);
CREATE INDEX ON verification (identifier);

-- One-time links. They are no part of a backup: what was used once would come back good.
CREATE TABLE invitation (
    id text PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    segments text[] NOT NULL DEFAULT ARRAY[]::text[],
    hash text NOT NULL,
    issued_by text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamptz(3) NOT NULL,
    outcome text,
    ended_at timestamptz(3)
);
CREATE UNIQUE INDEX invitation_hash_key ON invitation (hash);
CREATE INDEX ON invitation (email);

CREATE TABLE password_reset (
    user_id text PRIMARY KEY REFERENCES "user" ON DELETE CASCADE ON UPDATE CASCADE,
    hash text NOT NULL,
    issued_by text NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    spent_at timestamptz(3)
);
CREATE UNIQUE INDEX password_reset_hash_key ON password_reset (hash);

-- Secret and recovery codes are sealed.
CREATE TABLE two_factor (
    id text PRIMARY KEY,
    secret text NOT NULL,
    "backupCodes" text NOT NULL,
    "userId" text NOT NULL REFERENCES "user" ON DELETE CASCADE ON UPDATE CASCADE,
    verified boolean NOT NULL DEFAULT true,
    "failedVerificationCount" integer NOT NULL DEFAULT 0,
    "lockedUntil" timestamptz(3),
    -- Of the newest code that was taken: no code is taken twice.
    "lastUsedStep" integer,
    "enrolledAt" timestamptz(3)
);
CREATE UNIQUE INDEX "two_factor_userId_key" ON two_factor ("userId");

-- One kind of counters for tries at passwords and codes: rate-limiter-flexible keeps them, by account, browser and address.
CREATE TABLE sign_in_limit (
    key varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
);

CREATE TABLE api_key (
    id text PRIMARY KEY,
    name text NOT NULL,
    hash text NOT NULL,
    prefix text NOT NULL,
    scopes text[],
    per_minute integer,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    created_by text NOT NULL,
    expires_at timestamptz(3),
    last_used_at timestamptz(3),
    last_used_from text,
    revoked_at timestamptz(3),
    rotated_from text
);
CREATE UNIQUE INDEX api_key_hash_key ON api_key (hash);
CREATE UNIQUE INDEX api_key_rotated_from_key ON api_key (rotated_from);

CREATE TABLE settings_version (
    version integer PRIMARY KEY,
    values jsonb NOT NULL,
    changes jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    created_by text NOT NULL,
    reason text NOT NULL
);

CREATE TABLE proposal (
    id bigserial PRIMARY KEY,
    act text NOT NULL,
    state text NOT NULL DEFAULT 'open',
    payload bytea,
    told jsonb NOT NULL,
    reason text,
    proposed_at timestamptz(3) NOT NULL,
    proposed_by text NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    decided_at timestamptz(3),
    decided_by text,
    decision_reason text
);
CREATE INDEX proposal_state_id_idx ON proposal (state, id);

CREATE TABLE setting (
    key text PRIMARY KEY,
    value jsonb NOT NULL
);

CREATE TABLE audit_entry (
    id bigserial PRIMARY KEY,
    at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL
);
CREATE INDEX ON audit_entry (subject, id);
CREATE INDEX ON audit_entry (actor, id);
CREATE INDEX ON audit_entry (action, id);
CREATE INDEX ON audit_entry (at);

CREATE TABLE audit_detail (
    entry_id bigint PRIMARY KEY REFERENCES audit_entry ON UPDATE CASCADE ON DELETE RESTRICT,
    address text,
    details jsonb NOT NULL
);

-- ── What was recorded stays (docs/decisions/0032-insert-only-audit.md) ──

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'audit_detail' AND TG_OP = 'DELETE' AND current_setting('tidewatch.audit_pruning', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_detail
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Lets details of entries from before a time go, as many as asked for; those of the last 30 days stay whatever the time.
CREATE FUNCTION prune_audit_details(cutoff timestamptz, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last bigint;
  gone integer;
BEGIN
  cutoff := least(cutoff, now() - interval '30 days');
  SELECT id INTO last FROM audit_entry WHERE at < cutoff ORDER BY at DESC, id DESC LIMIT 1;
  PERFORM set_config('tidewatch.audit_pruning', 'on', true);
  DELETE FROM audit_detail WHERE entry_id IN (
    SELECT d.entry_id FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id
    WHERE d.entry_id <= last AND e.at < cutoff ORDER BY d.entry_id LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('tidewatch.audit_pruning', '', true);
  RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION prune_audit_details FROM PUBLIC;

-- ── The original jobs' output tables, under their own names (rules O9, K10, P5) ──

CREATE VIEW adm_pfm_zy_order_gmv_msx_hs AS
  SELECT biz_hour::text AS biz_date, total_premium, policy_cnt, policy_holder_cnt
  FROM hour_figure WHERE winner_cnt > 0;

CREATE VIEW wechat_activity_user AS
  SELECT DISTINCT ON (user_id) user_id AS id, info_before AS raw_info, info_now AS now_info,
    baseline_before AS raw_premium, amount_now AS now_premium
  FROM occurrence WHERE 'step' = ANY (rules) ORDER BY user_id, event_time DESC, seq DESC;

CREATE VIEW adm_zy_acct_sub_wechat_list AS
  SELECT user_id AS id, raw_premium, raw_info FROM key_user WHERE removed_at IS NULL;

CREATE VIEW user_last_log AS
  SELECT account_id, device_id, page_type AS bury_point_type, page_name FROM last_page;

-- ── Partitions ──

-- `_past` takes everything before the coming month, replays of former years as well. The months after it are made ahead
-- (server/db/partitions.ts). What no other partition takes is in `_rest`: no insert fails for want of a partition.
DO $$
DECLARE
  name text;
  coming date := (date_trunc('month', CURRENT_DATE) + interval '1 month')::date;
BEGIN
  FOREACH name IN ARRAY ARRAY['event_log', 'commit_feed', 'dead_letter', 'last_order', 'personal_block', 'gross_order', 'hour_cause'] LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (MINVALUE) TO (%L)', name || '_past', name, coming);
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', name || '_rest', name);
  END LOOP;
END $$;

-- Room in each page for the next version of its rows; later partitions are made with it (server/db/partitions.ts).
ALTER TABLE last_order_past SET (fillfactor = 80);
ALTER TABLE last_order_rest SET (fillfactor = 80);

-- ── The rows that every installation starts with ──

INSERT INTO commit_position (id, position) VALUES (1, 0);
INSERT INTO lease (name, holder, epoch, expires_at) VALUES ('writer', '', 0, 'epoch');
INSERT INTO stream (name) VALUES ('orders'), ('premium_changes'), ('page_views');
INSERT INTO alert_rule (version, step_percent, created_by, position) VALUES (1, 15, 'tidewatch', 0);
