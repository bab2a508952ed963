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
  "--pool=threads",
];
const child = spawn(pinnedNode(), [...args, ...rest], { cwd: ROOT, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
