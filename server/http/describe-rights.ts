import { ACTIONS, type Action, type Actor, can, ROLES, SCOPES, WHILE_OWING } from "../access/can.ts";
import { TOPICS } from "../contracts/live.ts";
import { TOPIC_RIGHTS } from "../live/topic-rights.ts";
import type { Operation } from "./operation.ts";

const person = (role: (typeof ROLES)[number]): Actor => ({
  kind: "person",
  id: role,
  name: role,
  role,
  sessionId: role,
});
const machine = (scope: (typeof SCOPES)[number]): Actor => ({
  kind: "machine",
  id: scope,
  name: scope,
  scopes: [scope],
});
const COLUMNS = [
  ...ROLES.map((role) => ({ name: role, actor: person(role) })),
  ...SCOPES.map((scope) => ({ name: `key: ${scope}`, actor: machine(scope) })),
];

const YES = "●";
const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");

/** docs/rights.md: who may what, by right, route and topic. */
export function describeRights(operations: readonly Operation[]): string {
  const topics = TOPICS.map((topic) => ({ topic, right: TOPIC_RIGHTS[topic] }));
  const whoMay = (right: Action) => COLUMNS.map(({ actor }) => (can(actor, right) ? YES : ""));
  const owing = (right: Action) => (WHILE_OWING.includes(right) ? YES : "");
  const heads = [...COLUMNS.map(({ name }) => name), "owing a second factor"];
  const routes = operations
    .map(({ method, path, right }) => ({ route: `\`${method} ${path}\``, right }))
    .sort((one, other) => one.right.localeCompare(other.right) || one.route.localeCompare(other.route));
  const used = new Set<string>([...routes, ...topics].map(({ right }) => right));
  return `# Rights

This page is generated from the one table of rights (\`server/access/can.ts\`), the routes and the live topics: \`npm run docs\` writes it, and a test
compares. A session that owes a second factor may what the last column says and nothing else, whatever its role. A business manager with a data scope
sees customers of the segments in it alone, under the same rights. The command line is for whoever may run it on the machine: it asks for no right, and its acts are
in the audit log. \`personal.export\` is nobody's until \`PERSONAL_EXPORT\` gives it to administrators; the command line keeps to that setting too.

${table(
  ["right", ...heads],
  ACTIONS.map((right) => [`\`${right}\``, ...whoMay(right), owing(right)]),
)}

## Routes

${table(
  ["route", "right"],
  routes.map(({ route, right }) => [route, `\`${right}\``]),
)}

Rights without a route or topic of their own: ${
    ACTIONS.filter((right) => !used.has(right))
      .map((right) => `\`${right}\``)
      .join(", ") || "none"
  }.

## Live topics

${table(
  ["topic", "right"],
  topics.map(({ topic, right }) => [`\`${topic}\``, `\`${right}\``]),
)}
`;
}
