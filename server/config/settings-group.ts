import { z } from "zod";

/** Variables of a part that is configured as a whole or not at all, declared beside the part itself. */
export interface SettingsGroup {
  readonly name: string;
  /** Those without a default are set together, or none of them. */
  readonly settings: z.ZodRawShape;
  /** Addresses among them that are called from here: by https, unless NOTIFY_ALLOW_PRIVATE says otherwise. */
  readonly called?: readonly string[];
  /** Variables of elsewhere without which the group means nothing. */
  readonly needs?: readonly string[];
}

/** What a group's variables hold; null: it is not configured. */
export type GroupValues = Readonly<Record<string, unknown>> | null;

/** The variables of a group that are set together. */
export const requiredOf = ({ settings }: SettingsGroup): string[] =>
  Object.keys(settings).filter((name) => !z.safeParse(settings[name] as z.ZodType, undefined).success);

/** Parses a group from the environment, whatever of it is set. */
export const parseGroup = ({ settings }: SettingsGroup, given: Readonly<Record<string, unknown>>) =>
  z.object(settings).partial().safeParse(given);
