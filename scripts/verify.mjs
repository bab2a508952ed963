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

/** @returns {Promise<{name: string, ok: boolean}[]>} */
export async function verify() {
  const results = [];
  for (const [name, script, args] of CHECKS) {
    const { code, output } = await capture(pinnedNode(), [script, ...args]);
    say(`${code === 0 ? "✓" : "✗"} ${name}`);
    if (code !== 0) say(output.trimEnd());
    results.push({ name, ok: code === 0 });
  }
  return results;
}

if (process.argv[1] === import.meta.filename) {
  const results = await verify();
  process.exit(results.every((result) => result.ok) ? 0 : 1);
}
