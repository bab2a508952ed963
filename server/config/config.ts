import { resolve } from "node:path";
import { isRefusedByBrowsers } from "../lib/browser-ports.ts";
import { PROVIDER_GROUPS } from "./providers/providers.ts";
import { type GroupValues, parseGroup, requiredOf, type SettingsGroup } from "./settings-group.ts";
import { type Variables, variables } from "./variables.ts";

/** The environment, parsed once; absolute paths. */
export type Config = Variables & {
  /** By the name of the group. */
  readonly groups: Readonly<Record<string, GroupValues>>;
  /** What was set, as it was written: who sets it elsewhere as well is told that it stands here. */
  readonly given: Given;
};

/** A bad environment: names every bad variable, never a value (it may be a secret). */
export class ConfigError extends Error {
  override name = "ConfigError";
  /** A line each: the variable, and what is wrong with it. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`These environment variables cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

/** Variables that mean something together alone; groups have their own. */
export const TOGETHER: readonly (readonly string[])[] = [["INIT_ADMIN_EMAIL", "INIT_ADMIN_PASSWORD"]];

/**
 * Parses the environment. Empty values count as unset.
 * @param elsewhere groups whose variables are declared in other rooms
 * @throws {ConfigError} naming every bad variable and what is wrong with it
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  elsewhere: readonly SettingsGroup[] = [],
): Config {
  const groups = [...Object.values(PROVIDER_GROUPS), ...elsewhere];
  const given: Given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(given);
  const parsedGroups = groups.map((group) => ({ group, parsed: parseGroup(group, given) }));
  const issues = [parsed, ...parsedGroups.map((each) => each.parsed)].flatMap(
    ({ error }) => error?.issues ?? [],
  );
  const faults = [
    ...issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`),
    ...apart(given, [...TOGETHER, ...groups.map(requiredOf)]),
    ...groups.flatMap((group) => alone(given, group)),
    ...outOfReach(given, ["NOTIFY_HEARTBEAT_URL", ...groups.flatMap(({ called = [] }) => called)]),
    ...unopened(given),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError([...new Set(faults)]);
  }
  const valuesOf = ({ group, parsed: { data } }: (typeof parsedGroups)[number]): GroupValues =>
    data && requiredOf(group).every((name) => given[name] !== undefined) ? data : null;
  return {
    ...parsed.data,
    DATA_DIR: resolve(parsed.data.DATA_DIR),
    groups: Object.fromEntries(parsedGroups.map((each) => [each.group.name, valuesOf(each)])),
    given,
  };
}

type Given = Readonly<Record<string, string | undefined>>;

function apart(given: Given, together: readonly (readonly string[])[]): string[] {
  return together.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) return [];
    const all = names.join(", ").replace(/, (?=\w+$)/, " and ");
    return [`${missing.join(", ")}: missing; set ${all} together, or none of them`];
  });
}

/** What a group that is set needs beside it. */
function alone(given: Given, { settings, needs = [] }: SettingsGroup): string[] {
  const set = Object.keys(settings).find((name) => given[name] !== undefined);
  if (set === undefined) return [];
  return needs
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: missing; set it as well, for ${set} needs it`);
}

/** Addresses that no notice would ever be sent to: better said at the start than at the first alert. */
function outOfReach(given: Given, called: readonly string[]): string[] {
  if (given.NOTIFY_ALLOW_PRIVATE === "1") return [];
  return called
    .filter((name) => URL.parse(given[name] ?? "")?.protocol === "http:")
    .map((name) => `${name}: write an https address, or set NOTIFY_ALLOW_PRIVATE to 1`);
}

/** A port on which no browser would open a page, nor the demo's own sender send; behind a proxy it is nobody's business. */
function unopened({ PORT = "", PUBLIC_URL, DEMO }: Given): string[] {
  if (!isRefusedByBrowsers(Number(PORT)) || (PUBLIC_URL !== undefined && DEMO !== "1")) return [];
  return [`PORT: browsers refuse to open port ${Number(PORT)}; take another one, such as 3000`];
}

/** @param elsewhere as for parseConfig @throws {ConfigError} */
export function readConfig(elsewhere: readonly SettingsGroup[]): Config {
  // Next reads this one itself; Tidewatch never phones home.
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  return parseConfig(process.env, elsewhere);
}
