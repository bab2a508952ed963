// The rooms of docs/architecture.md, as errors.
const rooms = ["ingest", "pipeline", "store", "push"];
const inRoom = (name) => `^server/${name}/`;
/** Tests stand in for main.ts: they may wire rooms together. */
const TESTS = "\\.test\\.tsx?$|^server/test/";

export default {
  forbidden: [
    {
      name: "1-contracts-are-leaves",
      comment: "server/contracts imports zod and itself alone.",
      severity: "error",
      from: { path: inRoom("contracts"), pathNot: TESTS },
      to: { pathNot: [inRoom("contracts"), "node_modules/zod/"] },
    },
    {
      name: "1-pipeline-is-pure",
      comment: "server/pipeline imports contracts and lib/assert alone: no I/O, no clock, no database.",
      severity: "error",
      from: { path: inRoom("pipeline"), pathNot: TESTS },
      to: { pathNot: [inRoom("pipeline"), inRoom("contracts"), "^server/lib/assert\\.ts$"] },
    },
    {
      name: "1-reader-is-a-leaf",
      comment:
        "server/reader turns bytes into records: it imports contracts and lib alone, and every road imports it.",
      severity: "error",
      from: { path: inRoom("reader"), pathNot: TESTS },
      to: {
        path: "^(app|components|demo|server)/",
        pathNot: [inRoom("reader"), inRoom("contracts"), inRoom("lib")],
      },
    },
    ...rooms.map((room) => ({
      name: `2-${room}-stands-alone`,
      comment: "ingest, pipeline, store and push do not import one another; server/system wires them.",
      severity: "error",
      from: { path: inRoom(room), pathNot: TESTS },
      to: { path: rooms.filter((other) => other !== room).map(inRoom), dependencyTypesNot: ["type-only"] },
    })),
    {
      name: "3-database-rooms",
      comment:
        "Only store, writer, queries, commands, access, notify, cli and the composition root touch the database.",
      severity: "error",
      from: {
        path: "^(app|components|server|demo)/",
        pathNot: [
          TESTS,
          "^server/(store|writer|queries|commands|access|notify|cli)/",
          "^server/(system/|runtime\\.ts$)",
        ],
      },
      to: { path: ["node_modules/(pg|@prisma)/", "^prisma/client/"] },
    },
    {
      name: "3-socket-rooms",
      comment: "Only push and the composition root touch socket.io.",
      severity: "error",
      from: { path: "^(app|server|demo)/", pathNot: [TESTS, inRoom("push"), "^server/system/"] },
      to: { path: "node_modules/socket\\.io/" },
    },
    {
      name: "4-browser-imports-contracts-only",
      comment: "components import no server folder but contracts.",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: { path: "^server/", pathNot: inRoom("contracts") },
    },
    {
      name: "5-features-stand-alone",
      comment: "Feature folders do not import each other.",
      severity: "error",
      from: { path: "^components/(orders|retention|key-users|audience|pipeline|accounts)/" },
      to: {
        path: "^components/(orders|retention|key-users|audience|pipeline|accounts)/",
        pathNot: "^components/$1/",
      },
    },
    {
      name: "6-runs-without-tools",
      comment: "What runs imports no devDependency: an installation without them lacks it.",
      severity: "error",
      from: { path: "^(app|components|server|demo)/", pathNot: TESTS },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "5-no-cycles",
      severity: "error",
      from: { pathNot: "^prisma/client/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "5-no-barrels-across-folders",
      severity: "error",
      from: {},
      to: { path: "^(app|components|server)/.*/index\\.tsx?$" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "prisma/client"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
