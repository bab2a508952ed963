import { defineConfig } from "vitest/config";

const DATABASE = "**/*.db.test.ts";
const IGNORED = ["**/node_modules/**", "**/.next/**", "data/**", "e2e/**"];

/** With LONG=1 the same tests do many times the work. */
const PATIENCE = process.env.LONG ? 10 : 1;

/** Two projects: `unit` needs nothing but Node; `database` starts real PostgreSQL servers and real processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...IGNORED, DATABASE],
          testTimeout: PATIENCE * 120_000,
        },
      },
      {
        test: {
          name: "database",
          include: [DATABASE],
          exclude: IGNORED,
          globalSetup: "testing/harness/seed-folder.ts",
          testTimeout: PATIENCE * 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
    // `npm run test:unit` leaves them out, `npm test` runs them all: put it on what takes a second or more.
    tags: [
      { name: "slow", description: "Takes a second or more: properties, whole recordings, real waits." },
    ],
    maxWorkers: 2,
  },
});
