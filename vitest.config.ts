import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const DATABASE = "**/*.db.test.ts";
const IGNORED = ["**/node_modules/**", "**/.next/**", "data/**", "e2e/**"];

/** With LONG=1 the same tests do many times the work. */
const PATIENCE = process.env.LONG ? 10 : 1;

/** For both projects. */
const COMMON = {
  // Modules are read once a worker: reading them anew for each file would take longer than many a file's tests.
  isolate: false,
  // How long something may take that is waited for; on busy cores a password alone takes seconds.
  expect: { poll: { timeout: 30_000 } },
};

/** Two projects: `unit` needs nothing but Node; `database` starts real PostgreSQL servers and real processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...COMMON,
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...IGNORED, DATABASE],
          testTimeout: PATIENCE * 120_000,
        },
      },
      {
        test: {
          ...COMMON,
          name: "database",
          include: [DATABASE],
          exclude: IGNORED,
          globalSetup: "testing/harness/shared-servers.ts",
          testTimeout: PATIENCE * 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
    // `npm run test:unit` leaves them out, `npm test` runs them all: put it on what takes a second or more.
    tags: [
      { name: "slow", description: "Takes a second or more: properties, whole recordings, real waits." },
    ],
    // One more than cores: many files wait for processes, clocks and disks.
    maxWorkers: availableParallelism() + 1,
  },
});
