import type { z } from "zod";
import type { Config } from "../config/config.ts";
import type { SettingsGroup } from "../config/settings-group.ts";
import type { AlertKind, ToldAct } from "../contracts/told.ts";

/** What a channel tells a business manager (rule K9). Holds no personal data: the case is looked up by who may. */
export interface Notice {
  /** The same on every repeat of this notice. */
  readonly key: string;
  readonly kind: AlertKind;
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

/** What single people are told that somebody did. All else is looked up when it is told. */
export interface ActNotice {
  readonly key: string;
  readonly kind: ToldAct;
  /** null: it was not done to a case. */
  readonly caseId: string | null;
  /** As audit rows name actors, like the next. */
  readonly actor: string;
  readonly subject: string;
  /** Where it came from; null: not known. */
  readonly address: string | null;
  readonly createdAt: string;
}

export type AnyNotice = Notice | ActNotice;

/** A way to business managers. */
export interface Channel {
  readonly name: string;
  /**
   * Resolves when the other side has taken the notice over, and not before.
   * @throws what is shown as the reason of the failure: it holds no personal data and no secret
   */
  send(notice: Notice): Promise<void>;
}

interface Definition<S extends z.ZodRawShape> extends SettingsGroup {
  /** Stands in the database: never renamed. Its words: components/pipeline/messages, `deliveries.channels`. */
  readonly name: string;
  readonly settings: S;
  /** Variables that configure it, for tests. */
  readonly example: { readonly [V in keyof S & string]?: string };
  /** null: with these settings nobody is told by it. */
  readonly open: (settings: z.output<z.ZodObject<S>>, config: Config, now: () => number) => Channel | null;
}

/** A way to business managers as channels.ts lists it. */
export type ChannelDefinition = Definition<z.ZodRawShape>;

/** Only keeps the types of the settings together with how the channel is opened with them. */
export const defineChannel = <S extends z.ZodRawShape>(definition: Definition<S>): ChannelDefinition =>
  definition as unknown as ChannelDefinition;
