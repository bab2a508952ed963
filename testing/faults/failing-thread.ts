import { parentPort } from "node:worker_threads";
import type { ToEngine } from "#server/engine/messages.ts";

/** The engine thread with a fault: a body that begins with "fail" ends it while the body is being taken in. */

parentPort?.on("message", (message: ToEngine) => {
  if (message.type !== "ingest") return;
  if (Buffer.from(message.body.bytes).subarray(0, 4).toString() === "fail")
    throw new Error("a planted fault");
});
await import("#server/engine/thread.ts");
