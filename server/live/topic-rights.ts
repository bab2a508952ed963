import type { Action } from "../access/can.ts";
import type { Topic } from "../contracts/live.ts";

/** The right that opens each topic. */
export const TOPIC_RIGHTS: Readonly<Record<Topic, Action>> = {
  orders: "orders.read",
  retention: "retention.read",
  "key-users": "key-users.read",
  audience: "audience.read",
  pipeline: "pipeline.read",
};
