import { z } from "zod";
import { variables } from "./variables.ts";

const INTRODUCTION = `# Configuration

Tidewatch is configured by environment variables. Every one has a default or may be left out. They are parsed once, at
the start: a value that cannot be used stops it, and every such variable is named. An empty value counts as unset.

INIT_ADMIN_EMAIL and INIT_ADMIN_PASSWORD go together, NOTIFY_WEBHOOK_URL and NOTIFY_WEBHOOK_SECRET, and NOTIFY_SMTP_URL,
NOTIFY_EMAIL_FROM and NOTIFY_EMAIL_TO. Durations are written as a number with a unit: 30d, 12h, 15m,
10s, 500ms.

This page is generated from \`server/config/variables.ts\`.
`;

/** Defaults of variables that are stored in another form than they are written in. */
const WRITTEN_DEFAULTS: Readonly<Record<string, string>> = {
  LAST_PAGE_MAX_AGE: "30d",
  KEEP_LOG: "400d",
  KEEP_ORDERS: "400d",
  KEEP_DEAD_LETTERS: "180d",
  KEEP_NOTICES: "400d",
  METRICS_OPEN: "0",
  NOTIFY_ALLOW_PRIVATE: "0",
  DEMO: "0",
};

/** docs/configuration.md: every variable with its default and meaning. */
export function describeVariables(): string {
  const schema = z.toJSONSchema(variables, { io: "output", unrepresentable: "any" });
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { default: value, description = "" } = property as { default?: unknown; description?: string };
    const written = WRITTEN_DEFAULTS[name] ?? (value === undefined ? undefined : String(value));
    return `| \`${name}\` | ${written === undefined ? "unset" : `\`${written}\``} | ${description} |`;
  });
  return `${INTRODUCTION}\n| variable | default | meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
}
