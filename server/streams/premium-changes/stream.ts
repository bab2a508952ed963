import { collectObjects } from "../event-collector.ts";
import type { Stream } from "../stream.ts";
import { timeSpanOf } from "../time-span.ts";
import { PREMIUM_CHANGE_CODEC } from "./premium-change-codec.ts";
import { PremiumState } from "./premium-state.ts";
import { validatePremiumChange } from "./validate-premium-change.ts";

/** Premium changes: baselines, occurrences and cases of key users (rules K2 to K9). */
export const PREMIUM_CHANGES: Stream<"premium_changes"> = {
  name: "premium_changes",
  timeField: "gmt_modified",
  validate: validatePremiumChange,
  collect: () => collectObjects(),
  timeSpan: (events) => timeSpanOf(events.map(({ gmtModified }) => gmtModified)),
  codec: PREMIUM_CHANGE_CODEC,
  tables: [
    "delivery",
    "outbox",
    "occurrence",
    "case_event",
    "retention_case",
    "baseline_change",
    "key_user",
    "key_user_import_row",
    "key_user_import",
  ],
  openState: async () => new PremiumState(),
};
