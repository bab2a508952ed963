DROP INDEX "retention_case_premium_at_risk_id_idx";
DROP INDEX "retention_case_opened_at_id_idx";
CREATE INDEX "retention_case_state_opened_at_id_idx" ON "retention_case"("state", "opened_at", "id");
CREATE INDEX "retention_case_state_updated_at_id_idx" ON "retention_case"("state", "updated_at", "id");
CREATE INDEX "retention_case_assignee_state_premium_at_risk_id_idx" ON "retention_case"("assignee", "state", "premium_at_risk", "id");
CREATE INDEX "retention_case_assignee_state_opened_at_id_idx" ON "retention_case"("assignee", "state", "opened_at", "id");
CREATE INDEX "retention_case_assignee_state_updated_at_id_idx" ON "retention_case"("assignee", "state", "updated_at", "id");
