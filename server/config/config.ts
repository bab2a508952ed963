import { resolve } from "node:path";
import { type Variables, variables } from "./variables.ts";

/** The environment, parsed once; absolute paths. */
export type Config = Variables;

/** A bad environment: names every bad variable, never a value (it may be a secret). */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Variables that mean something together alone. */
const TOGETHER = [
  ["INIT_ADMIN_EMAIL", "INIT_ADMIN_PASSWORD"],
  ["NOTIFY_WEBHOOK_URL", "NOTIFY_WEBHOOK_SECRET"],
  ["NOTIFY_SMTP_URL", "NOTIFY_EMAIL_FROM", "NOTIFY_EMAIL_TO"],
] as const;

/**
 * Parses the environment. Empty values count as unset.
 * @throws {ConfigError} naming every bad variable and what is wrong with it
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`These environment variables cannot be used:\n${lines.join("\n")}`);
  }
  const config = parsed.data;
  for (const names of TOGETHER) {
    const given = names.filter((name) => config[name] !== undefined);
    if (given.length > 0 && given.length < names.length) {
      throw new ConfigError(`Set ${names.join(", ").replace(/, (?=\w+$)/, " and ")} together, or neither.`);
    }
  }
  return { ...config, DATA_DIR: resolve(config.DATA_DIR) };
}

export function readConfig(): Config {
  // Next reads this one itself; Tidewatch never phones home.
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  return parseConfig(process.env);
}
