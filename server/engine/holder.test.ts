import { fork } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { faultProcess } from "#testing/faults/fault-process.ts";
import { holderName, isDeadNeighbour } from "./holder.ts";

/** The largest process id that Linux gives is 2^22: nobody has this one. */
const NOBODY = String(4_194_304 + 1);

const [host = "", pid = "", token = "", place = "", start = ""] = holderName().split(":");
const named = (...parts: readonly string[]): string => parts.join(":");

// Elsewhere it cannot be told who has died, and a lease runs out first.
describe.skipIf(process.platform !== "linux")("the holder of a lease", () => {
  test("is known to be dead when its process is, and not before", async () => {
    const script = faultProcess("holder-process.ts");
    const child = fork(script, { execPath: process.execPath });
    const [holder] = (await once(child, "message")) as [string];
    expect(isDeadNeighbour(holder)).toBe(false);
    const dead = once(child, "exit");
    child.kill("SIGKILL");
    await dead;
    expect(isDeadNeighbour(holder)).toBe(true);
  });

  test("is dead when its pid is another process's by now", () => {
    expect(isDeadNeighbour(named(host, pid, token, place, start))).toBe(false);
    expect(isDeadNeighbour(named(host, pid, token, place, `${Number(start) - 1}`))).toBe(true);
    expect(isDeadNeighbour(named(host, NOBODY, token, place, start))).toBe(true);
  });

  test.each([
    ["in another container of this host name", [host, NOBODY, token, "0123456789ab", start]],
    ["on another machine", ["elsewhere", NOBODY, token, place, start]],
    ["that did not say where it is", [host, NOBODY, token]],
    ["that could not say where it is", [host, NOBODY, token, "", ""]],
    ["that is nobody", [""]],
  ])("is not taken for dead %s", (_where, parts) => {
    expect(isDeadNeighbour(named(...parts))).toBe(false);
  });
});
