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

/** What an error may tell of itself; Prisma hides what the database said in `meta`, under a code that says nothing. */
interface Told {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
}

const MOST_CAUSES = 8;

/** Whether an error, or what caused it, means that the database is away: the same request may succeed later. */
export function isDatabaseAbsence(error: unknown): boolean {
  let told = error;
  for (let depth = 0; isTold(told) && depth < MOST_CAUSES; depth += 1) {
    if (isAbsenceCode(told.code) || isAbsenceCode(told.originalCode)) return true;
    if (typeof told.message === "string" && UNCODED.test(told.message)) return true;
    told = told.meta?.driverAdapterError ?? told.cause;
  }
  return false;
}

const isTold = (value: unknown): value is Told => typeof value === "object" && value !== null;

const isAbsenceCode = (code: unknown): boolean =>
  typeof code === "string" && (CODES.has(code) || code.startsWith(CONNECTION_CLASS));
