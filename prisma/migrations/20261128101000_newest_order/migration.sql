-- A user's newest order, for fifty users of a page at a time: through the key, each costs a look into every date that is kept.
CREATE INDEX "last_order_user_id_biz_date_idx" ON "last_order" ("user_id", "biz_date");
