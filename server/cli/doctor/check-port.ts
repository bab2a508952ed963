import { createServer } from "node:net";
import { isRefusedByBrowsers } from "../../lib/browser-ports.ts";
import { isServing } from "../running-server.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

export async function checkPort(port: number, host: string): Promise<Finding> {
  if (port === 0) return ok("port", "a free one is taken");
  const refused = refusedPort(port);
  if (refused) return refused;
  if (await isServing(port)) return ok("port", `Tidewatch answers on ${port}`);
  const problem = await listenOnce(port, host);
  if (problem === null) return ok("port", `${port} is free`);
  return failure("port", `${host}:${port} cannot be used: ${problem}`, "Stop what uses it, or set PORT.");
}

/** A page on such a port opens nowhere, and the demo's own sender waits for ever. */
export function refusedPort(port: number): Finding | null {
  if (!isRefusedByBrowsers(port)) return null;
  return warning("port", `browsers refuse to open port ${port}`, "Set PORT to another one, such as 3000.");
}

/** @returns why it cannot be listened on, or null */
function listenOnce(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
