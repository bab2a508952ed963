import { stopRequest } from "./lib/stop-request.ts";

/** Entry of the server. A stop may be asked for while everything else is still being read from the disk. */

let reason = "";
const signal = stopRequest((why) => {
  reason = why;
});
const { run } = await import("./system/run.ts");
process.exit(await run(signal, () => reason));
