import { handle } from "../../../../server/access/handle.ts";
import { changeAlertRules } from "../../../../server/commands/change-alert-rules.ts";
import { alertRulesPatch } from "../../../../server/contracts/api/alert-rules.ts";
import { listQuery } from "../../../../server/contracts/api/common.ts";
import { alertRules } from "../../../../server/queries/alert-rules.ts";
import { runtime } from "../../../../server/runtime.ts";

export const GET = handle({ action: "alert-rules.read", query: listQuery }, ({ query }) =>
  alertRules(runtime(), query),
);

export const PATCH = handle(
  { action: "alert-rules.write", body: alertRulesPatch, ifMatch: true },
  ({ actor, version, body }) => changeAlertRules(runtime(), actor, version, body),
);
