import { z } from "zod";
import { SETTINGS } from "../contracts/settings.ts";
import { TOGETHER } from "./config.ts";
import { PROVIDER_GROUPS } from "./providers/providers.ts";
import { requiredOf, type SettingsGroup } from "./settings-group.ts";
import { variables } from "./variables.ts";
import { writtenDefault } from "./written-defaults.ts";

const introduction = (groups: readonly SettingsGroup[]): string => `# Configuration

Tidewatch is configured by environment variables. Every one has a default or may be left out. They are parsed once, at
the start: a value that cannot be used stops it, and every such variable is named. An empty value counts as unset.

These go together:

${[...TOGETHER, ...groups.map(requiredOf)].map((names) => `- ${names.join(", ")}`).join("\n")}

Some of these administrators set in the web or by \`npm run cli -- settings\` as well: ${Object.keys(SETTINGS).join(", ")}. A variable wins over that, and
the web shows that it does.

Durations are written as a number with a unit: 30d, 12h, 15m, 10s, 500ms.

This page is generated from \`server/config/variables.ts\`, from \`server/config/providers\` and from the settings of the
channels (\`server/notifications\`).
`;

/** docs/configuration.md: every variable with its default and meaning. */
export function describeVariables(elsewhere: readonly SettingsGroup[]): string {
  const groups = [...Object.values(PROVIDER_GROUPS), ...elsewhere];
  const all = groups.reduce<z.ZodObject>((table, { settings }) => table.extend(settings), variables);
  const schema = z.toJSONSchema(all, { io: "output", unrepresentable: "any" });
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { default: value, description = "" } = property as { default?: unknown; description?: string };
    const written = writtenDefault(name, value);
    return `| \`${name}\` | ${written === undefined ? "unset" : `\`${written}\``} | ${description} |`;
  });
  return `${introduction(groups)}\n| variable | default | meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
}
