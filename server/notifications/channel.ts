import type { Config } from "../config/config.ts";
import type { ChannelName } from "../contracts/channels.ts";

/** What a channel tells a business manager (rule K9). Holds no personal data: the case is looked up by who may. */
export interface Notice {
  /** The same on every repeat of this notice. */
  readonly key: string;
  readonly kind: "opened" | "regressed" | "escalated";
  readonly caseId: string;
  readonly userId: string;
  readonly occurrenceId: string;
  readonly rules: readonly ("step" | "cumulative")[];
  readonly ruleVersion: number;
  /** Decimal text, like the amounts below. */
  readonly baselineBefore: string;
  readonly anchor: string;
  readonly amountNow: string;
  readonly premiumAtRisk: string;
  /** ISO 8601, like the next. */
  readonly eventTime: string;
  readonly createdAt: string;
}

/** A way to business managers. */
export interface Channel {
  readonly name: ChannelName;
  /**
   * Resolves when the other side has taken the notice over, and not before.
   * @throws what is shown as the reason of the failure: it holds no personal data and no secret
   */
  send(notice: Notice): Promise<void>;
}

/** Opens a channel from its variables; null: they are not set. */
export type OpenChannel = (config: Config, now: () => number) => Channel | null;
