import { type Logger, pino } from "pino";

/** The process's logger: JSON lines on stdout. Never hand it personal data or request bodies. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

export type Log = Logger;
