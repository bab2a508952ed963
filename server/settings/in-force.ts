import type { Config } from "../config/config.ts";
import { type GroupValues, parseGroup, requiredOf, type SettingsGroup } from "../config/settings-group.ts";
import { variables } from "../config/variables.ts";
import type { Context, SettingsReader } from "../context.ts";
import { type KeptTexts, keptSettings } from "./kept-settings.ts";

interface Needs extends Pick<Context, "pool" | "cipher"> {
  readonly config: Config;
  /** Parts whose variables are declared beside them. */
  readonly groups: readonly SettingsGroup[];
}

/** The configuration as it holds now: the environment, then what administrators have set, then what the product comes with. */
export class SettingsInForce implements SettingsReader {
  readonly groups: readonly SettingsGroup[];
  readonly #needs: Needs;
  #newest: { readonly version: number; readonly config: Config };

  constructor(needs: Needs) {
    this.#needs = needs;
    this.groups = needs.groups;
    this.#newest = { version: 0, config: needs.config };
  }

  /** Read anew at each call, for another process may have set something; the same object as long as nothing was set. */
  async inForce(): Promise<Config> {
    const { config, groups } = this.#needs;
    const { version, texts } = await keptSettings(this.#needs);
    if (version !== this.#newest.version) this.#newest = { version, config: overlaid(config, texts, groups) };
    return this.#newest.config;
  }
}

/** @param texts each was accepted when it was set @throws {z.ZodError} one is written as this version of the product does not read it */
function overlaid(config: Config, texts: KeptTexts, groups: readonly SettingsGroup[]): Config {
  const free = Object.fromEntries(Object.entries(texts).filter(([name]) => config.given[name] === undefined));
  const values = variables.partial().parse(free);
  const own = Object.fromEntries(Object.keys(free).flatMap((name) => entryOf(values, name)));
  const inGroups = groups.map((group) => [group.name, groupOf(group, config, free)] as const);
  return { ...config, ...own, groups: { ...config.groups, ...Object.fromEntries(inGroups) } };
}

const entryOf = (values: object, name: string): [string, unknown][] =>
  name in values ? [[name, values[name as keyof typeof values]]] : [];

/** Beside what the environment says of it; null: something is missing. */
function groupOf(
  group: SettingsGroup,
  { groups, given }: Config,
  free: Readonly<Record<string, string>>,
): GroupValues {
  const names = Object.keys(group.settings).filter((name) => free[name] !== undefined);
  const isWhole = requiredOf(group).every((name) => given[name] !== undefined || free[name] !== undefined);
  if (names.length === 0 || !isWhole) return groups[group.name] ?? null;
  const parsed = parseGroup(group, free);
  if (parsed.error) throw parsed.error;
  const own = Object.fromEntries(names.map((name) => [name, parsed.data[name]]));
  return { ...parsed.data, ...groups[group.name], ...own };
}
