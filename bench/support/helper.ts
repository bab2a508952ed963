import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A server of the other side, in a process of its own, which ends with us. */
export interface Helper {
  readonly address: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts one of the files beside this one; it tells its address when it serves. */
export async function startHelper(file: string): Promise<Helper> {
  const child = fork(join(import.meta.dirname, file), { execPath: process.execPath });
  const [message] = (await once(child, "message")) as [{ ready: string }];
  return {
    address: message.ready,
    process: child,
    stop: async () => {
      child.disconnect();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
