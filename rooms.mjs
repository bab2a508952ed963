// The map of the code, once: lint rules (.dependency-cruiser.mjs) and the table in docs/architecture.md are made of it.

/**
 * Layers of the server, the uppermost first. A room imports rooms of lower layers, never of its own layer or a higher one;
 * imports of types count.
 */
export const LAYERS = [
  [{ path: "server/main.ts", holds: "the process" }],
  [
    {
      path: "server/system/",
      holds: "composition root: starts every part in order and stops it in the opposite one",
    },
  ],
  [
    { path: "server/cli/", holds: "the command line" },
    { path: "server/routes.ts", holds: "the table of all routes under /api" },
  ],
  [
    { path: "server/demo/", holds: "the demo installation: its people, its end" },
    { path: "server/pipeline/", holds: "how the pipeline stands: its page, probes, metrics" },
  ],
  [
    { path: "server/jobs/", holds: "what runs by the clock" },
    { path: "server/proposals/", holds: "acts that wait for a second administrator, as people decide them" },
  ],
  [
    { path: "server/orders/", holds: "hourly figures and closed days as people ask for them" },
    { path: "server/retention/", holds: "cases, their evidence and verbs, alert rules" },
    { path: "server/key-users/", holds: "the key-user list: edits, imports, exports" },
    { path: "server/audience/", holds: "last pages, and where users are now" },
    { path: "server/dead-letters/", holds: "refused lines and what people make of them" },
    { path: "server/notifications/", holds: "outbox → channels" },
    { path: "server/people/", holds: "accounts, roles, offboarding" },
    {
      path: "server/audit/",
      holds: "the audit log as people read it; it is written through server/db/audit.ts",
    },
    { path: "server/settings/", holds: "what administrators set, version after version, and what holds now" },
    {
      path: "server/api-keys/",
      holds: "keys of machines as people work on them: list, make, rotate, revoke",
    },
  ],
  [
    {
      path: "server/four-eyes/",
      holds: "whether an act waits for a second administrator, and what is kept of it",
    },
  ],
  [{ path: "server/http/", holds: "how routes are declared, and their OpenAPI document" }],
  [
    {
      path: "server/engine/",
      holds: "the committing core: its thread, queue, group commit, lease, write-behind",
    },
    { path: "server/live/", holds: "committed → patches → sockets" },
    {
      path: "server/nodes/",
      holds: "several processes on one database: who is there, and events handed on to the writer",
    },
  ],
  [{ path: "server/ingest/", holds: "requests of senders → batches" }],
  [
    {
      path: "server/streams/",
      holds: "the streams: fields, validation, operator, state, tables, log; one folder each",
    },
  ],
  [{ path: "server/context.ts", holds: "the running system as interfaces, handed to whoever serves people" }],
  [{ path: "server/access/", holds: "who somebody is, and the one table of rights" }],
  [
    {
      path: "server/db/",
      holds: "pools, transactions, COPY, partitions, migrations, embedded server, backups",
    },
    { path: "server/reader/", holds: "bytes → records, for every entry point" },
    { path: "server/config/", holds: "the environment" },
  ],
  [{ path: "server/lib/", holds: "small helpers that know nothing of insurance" }],
  [{ path: "server/contracts/", holds: "schemas and types that both ends share" }],
];

/** Rooms outside of the server, and what of the project they may import. */
export const OTHERS = [
  {
    path: "app/",
    holds: "pages that compose panels, and the routes' addresses",
    mayImport: [
      "components/",
      "server/routes.ts",
      "server/orders/",
      "server/retention/",
      "server/key-users/",
      "server/audience/",
      "server/dead-letters/",
      "server/notifications/",
      "server/people/",
      "server/demo/",
      "server/pipeline/",
      "server/http/",
      "server/context.ts",
      "server/access/",
      "server/lib/",
      "server/contracts/",
    ],
  },
  {
    path: "components/",
    holds: "panels by feature, their queries, their pure `prepare-*`",
    mayImport: ["server/contracts/"],
  },
  {
    path: "demo/",
    holds: "the simulated insurer, a client of the public endpoints",
    mayImport: ["server/"],
  },
];

/** The composition root may import everything. */
export const ROOT = "server/system/";

/** What the features of the screens share; every other folder of components/ is a feature, and features do not import one another. */
export const SHARED_COMPONENTS = ["charts", "i18n", "live", "shell", "ui"];

/** The operators: no I/O, no clock, no database. */
export const OPERATORS = "^server/streams/[^/]+/operator/";

/** Paths that a room of the server may import besides its own. */
export function lowerRooms(path) {
  const layer = LAYERS.findIndex((rooms) => rooms.some((room) => room.path === path));
  return LAYERS.slice(layer + 1).flatMap((rooms) => rooms.map((room) => room.path));
}

/** The table of docs/architecture.md. */
export function roomsTable() {
  const rows = LAYERS.flatMap((rooms, layer) =>
    rooms.map(({ path, holds }) => [String(LAYERS.length - layer), `\`${path}\``, holds]),
  );
  const others = OTHERS.map(({ path, holds, mayImport }) => [
    "",
    `\`${path}\``,
    `${holds}; imports ${mayImport.map((each) => `\`${each}\``).join(", ")}`,
  ]);
  const lines = [["layer", "room", "what it holds"], ["---", "---", "---"], ...rows, ...others];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}
