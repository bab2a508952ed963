import { context } from "#server/context.ts";
import { alertRulesPatch } from "#server/contracts/api/alert-rules.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { handle } from "#server/http/handle.ts";
import { changeAlertRules } from "#server/retention/change-alert-rules.ts";
import { alertRules } from "#server/retention/read-alert-rules.ts";

export const GET = handle({ action: "alert-rules.read", query: listQuery }, ({ query }) =>
  alertRules(context(), query),
);

export const PATCH = handle(
  { action: "alert-rules.write", body: alertRulesPatch, ifMatch: true },
  ({ actor, version, body }) => changeAlertRules(context(), actor, version, body),
);
