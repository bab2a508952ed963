-- Since when a person may no longer sign in; null: they may. Their rows stay, for what they did names them.
ALTER TABLE "user" ADD COLUMN "disabledAt" TIMESTAMPTZ(3);
