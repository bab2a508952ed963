import { type Logger, pino } from "pino";

/** Drivers hang connections and queries on their errors: only what tells the fault is logged. */
function faultOf(error: Error & { code?: unknown }): Record<string, unknown> {
  return { type: error.name, message: error.message, code: error.code, stack: error.stack };
}

/** The process's logger: JSON lines on stdout. Never hand it personal data or request bodies. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: faultOf },
  });
}

export type Log = Logger;
