import type { Config } from "#server/config/config.ts";
import type { SettingsReader } from "#server/context.ts";

/** Settings that nobody has ever set. */
export const settingsAs = (config: Config): SettingsReader => ({ inForce: async () => config, groups: [] });
