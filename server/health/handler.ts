import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../lib/log.ts";
import type { LiveStatus, Runtime } from "../runtime.ts";
import { createMetrics } from "./metrics.ts";

export interface HealthDependencies {
  readonly pool: Runtime["pool"];
  readonly writer: Runtime["writer"];
  readonly live: LiveStatus;
  /** When the outbox was last looked after, ms. */
  readonly notifier: { lastPassAt(): number | null };
  readonly log: Log;
}

const DATABASE_PATIENCE_MS = 2_000;

/** Serves /healthz, /readyz and /metrics; answers false, untouched, for any other path. */
export function createHealthHandler(
  dependencies: HealthDependencies,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const metrics = createMetrics(dependencies);
  return async (request, response) => {
    switch ((request.url ?? "").split("?", 1)[0]) {
      case "/healthz":
        answer(response, 200, { status: "ok" });
        return true;
      case "/readyz": {
        const reasons = await reasonsNotReady(dependencies);
        answer(response, reasons.length === 0 ? 200 : 503, { ready: reasons.length === 0, reasons });
        return true;
      }
      case "/metrics":
        response.writeHead(200, { "content-type": metrics.contentType }).end(await metrics.text());
        return true;
      default:
        return false;
    }
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** A standby serves readers and refuses senders: it is ready. Without a database nobody is. */
async function reasonsNotReady({ pool, writer, log }: HealthDependencies): Promise<string[]> {
  const reasons: string[] = [];
  const { state } = writer.status();
  if (state === "recovering" || state === "unavailable") reasons.push(`the writer is ${state}`);
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), DATABASE_PATIENCE_MS).unref();
  });
  await Promise.race([pool.query("SELECT 1"), timeout]).catch((error: Error) => {
    log.warn({ err: error }, "not ready: the database does not answer");
    reasons.push("the database does not answer");
  });
  return reasons;
}
