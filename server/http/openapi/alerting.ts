import { alertRulesPatch } from "#server/contracts/api/alert-rules.ts";
import { listQuery } from "#server/contracts/api/common.ts";
import { deliveriesQuery } from "#server/contracts/api/deliveries.ts";
import type { Operation } from "./operation.ts";

/** Thresholds, and notices on their way. */
export const ALERTING: readonly Operation[] = [
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/alert-rules",
    summary: "Versions of the thresholds, the one in force first",
    action: "alert-rules.read",
    query: listQuery,
    answer: { schema: "AlertRulesPage" },
  },
  {
    tag: "Retention",
    method: "patch",
    path: "/api/v1/alert-rules",
    summary: "Puts new thresholds in force, as the next version",
    action: "alert-rules.write",
    ifMatch: true,
    body: { schema: alertRulesPatch },
    answer: { schema: "AlertRules" },
  },
  {
    tag: "Pipeline",
    method: "get",
    path: "/api/v1/deliveries",
    summary: "Notices on their way over each channel, newest first",
    action: "deliveries.read",
    query: deliveriesQuery,
    answer: { schema: "DeliveriesPage" },
  },
  {
    tag: "Pipeline",
    method: "post",
    path: "/api/v1/deliveries/{id}/send-again",
    summary: "Sends a dead delivery again, under the same key",
    action: "deliveries.send-again",
    answer: { schema: "Delivery" },
  },
];
