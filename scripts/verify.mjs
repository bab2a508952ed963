// Format, lint, types, rooms, dead code: everything that can be known without running the product.
import { capture, pinnedNode, say } from "./console.mjs";

const CHECKS = [
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]],
  ["types", "node_modules/typescript/bin/tsc", ["--noEmit"]],
  [
    "rooms",
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    [
      "--config",
      ".dependency-cruiser.mjs",
      "app",
      "components",
      "server",
      "demo",
      "bench",
      "e2e",
      "testing",
      ".storybook",
    ],
  ],
  ["dead code", "node_modules/knip/bin/knip.js", ["--no-progress"]],
];

/** All at once. @returns {Promise<{name: string, ok: boolean}[]>} */
export function verify() {
  return Promise.all(
    CHECKS.map(async ([name, script, args]) => {
      const { code, output } = await capture(pinnedNode(), [script, ...args]);
      say(`${code === 0 ? "✓" : "✗"} ${name}`);
      if (code !== 0) say(output.trimEnd());
      return { name, ok: code === 0 };
    }),
  );
}

if (process.argv[1] === import.meta.filename) {
  const results = await verify();
  process.exit(results.every((result) => result.ok) ? 0 : 1);
}
