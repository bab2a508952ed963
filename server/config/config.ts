import { resolve } from "node:path";
import { isRefusedByBrowsers } from "../lib/browser-ports.ts";
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
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`),
    ...apart(given),
    ...outOfReach(given),
    ...unopened(given),
  ];
  if (!parsed.success || faults.length > 0) {
    const lines = [...new Set(faults)].map((fault) => `  ${fault}`);
    throw new ConfigError(`These environment variables cannot be used:\n${lines.join("\n")}`);
  }
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
}

type Given = Readonly<Record<string, string | undefined>>;

function apart(given: Given): string[] {
  return TOGETHER.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) return [];
    const all = names.join(", ").replace(/, (?=\w+$)/, " and ");
    return [`${missing.join(", ")}: missing; set ${all} together, or none of them`];
  });
}

/** Addresses that no notice would ever be sent to: better said at the start than at the first alert. */
function outOfReach(given: Given): string[] {
  if (given.NOTIFY_ALLOW_PRIVATE === "1") return [];
  return (["NOTIFY_WEBHOOK_URL", "NOTIFY_HEARTBEAT_URL"] as const)
    .filter((name) => URL.parse(given[name] ?? "")?.protocol === "http:")
    .map((name) => `${name}: write an https address, or set NOTIFY_ALLOW_PRIVATE to 1`);
}

/** A port on which no browser would open a page, nor the demo's own sender send; behind a proxy it is nobody's business. */
function unopened({ PORT = "", PUBLIC_URL, DEMO }: Given): string[] {
  if (!isRefusedByBrowsers(Number(PORT)) || (PUBLIC_URL !== undefined && DEMO !== "1")) return [];
  return [`PORT: browsers refuse to open port ${Number(PORT)}; take another one, such as 3000`];
}

export function readConfig(): Config {
  // Next reads this one itself; Tidewatch never phones home.
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  return parseConfig(process.env);
}
