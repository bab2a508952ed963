/** Codes with which the operating system, PostgreSQL and Prisma say that there is no connection (any more). */
const CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  // PostgreSQL: shutting down, crashed, starting, no more connections.
  "57P01",
  "57P02",
  "57P03",
  "53300",
  // PostgreSQL: no room on its disk.
  "53100",
  // Prisma: unreachable, timed out, closed, no connection from the pool in time.
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
]);
/** PostgreSQL's class of connection exceptions. */
const CONNECTION_CLASS = "08";
/** The pg library says these without any code. */
const UNCODED =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error, or what caused it, means that the database is away: the same request may succeed later. */
export function isDatabaseAbsence(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth += 1) {
    const code = (each as { code?: unknown }).code;
    if (typeof code === "string" && (CODES.has(code) || code.startsWith(CONNECTION_CLASS))) return true;
    if (UNCODED.test(each.message)) return true;
  }
  return false;
}
