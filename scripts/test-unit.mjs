// The unit tests but the slow ones, once, or with `--watch` again at each change.
import { spawn } from "node:child_process";
import { pinnedNode, ROOT } from "./console.mjs";

const rest = process.argv.slice(2);
const once = rest.includes("--watch") ? [] : ["--run"];
const args = [
  "node_modules/vitest/vitest.mjs",
  ...once,
  "--project=unit",
  "--tags-filter=!slow",
  // Modules are read once for all files: importing them anew for each would take longer than the tests.
  "--pool=threads",
  "--no-isolate",
];
const child = spawn(pinnedNode(), [...args, ...rest], { cwd: ROOT, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
