// The rooms of rooms.mjs, as errors.
import { LAYERS, lowerRooms, OPERATORS, OTHERS, ROOT, SHARED_COMPONENTS } from "./rooms.mjs";

/** Tests stand in for main.ts: they may wire rooms together. */
const TESTS = "\\.(test|stories)\\.tsx?$|^(testing|bench|e2e)/";
const PROJECT = "^(app|components|demo|server|testing|bench|e2e)/";
const at = (path) => `^${path.replaceAll(".", "\\.")}`;
const feature = `^components/(?!(?:${SHARED_COMPONENTS.join("|")})/)([^/]+)/`;

export default {
  forbidden: [
    ...LAYERS.flat()
      .filter(({ path }) => path !== ROOT)
      .map(({ path }) => ({
        name: `1-down-${path.replace(/^server\/|\/$/g, "")}`,
        comment: "A room imports rooms of lower layers (rooms.mjs).",
        severity: "error",
        from: { path: at(path), pathNot: TESTS },
        to: { path: PROJECT, pathNot: [at(path), ...lowerRooms(path).map(at)] },
      })),
    ...OTHERS.map(({ path, mayImport }) => ({
      name: `1-down-${path.replace(/\/$/, "")}`,
      comment: "What each room may import stands in rooms.mjs.",
      severity: "error",
      from: { path: at(path), pathNot: TESTS },
      to: { path: PROJECT, pathNot: [at(path), ...mayImport.map(at)] },
    })),
    {
      name: "2-contracts-are-leaves",
      comment: "server/contracts imports zod and itself alone.",
      severity: "error",
      from: { path: at("server/contracts/"), pathNot: TESTS },
      to: { pathNot: [at("server/contracts/"), "node_modules/zod/"] },
    },
    {
      name: "2-operators-are-pure",
      comment: "Operators have no I/O, no clock, no database: state and events go in, changes come out.",
      severity: "error",
      from: { path: OPERATORS, pathNot: TESTS },
      to: {
        pathNot: [
          OPERATORS,
          at("server/contracts/"),
          at("server/lib/assert.ts"),
          at("server/streams/compare.ts"),
          at("server/streams/write-behind.ts"),
        ],
      },
    },
    {
      name: "3-socket-rooms",
      comment: "Only live and the composition root touch socket.io.",
      severity: "error",
      from: { path: "^(app|server|demo)/", pathNot: [TESTS, at("server/live/"), at("server/system/")] },
      to: { path: "node_modules/socket\\.io/" },
    },
    {
      name: "4-features-stand-alone",
      comment: "Feature folders do not import each other.",
      severity: "error",
      from: { path: feature },
      to: { path: feature, pathNot: "^components/$1/" },
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
      comment: "No circle of files, imports of types included.",
      severity: "error",
      from: { pathNot: "^prisma/client/" },
      to: { circular: true },
    },
    {
      name: "5-no-barrels-across-folders",
      severity: "error",
      from: {},
      to: { path: "^(app|components|server)/.*/index\\.tsx?$" },
    },
    {
      name: "5-product-knows-no-tests",
      comment: "Nothing of the product imports what tests are made of.",
      severity: "error",
      from: { path: "^(app|components|demo|server)/", pathNot: TESTS },
      to: { path: "^(testing|bench|e2e)/" },
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
