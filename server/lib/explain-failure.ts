import { isOutOfRoom, noRoom, unusable } from "./data-dir.ts";
import { isDatabaseAbsence } from "./database-absence.ts";
import { AppError } from "./errors.ts";

/**
 * Why a start or a command failed: what is the user's to fix in one sentence, anything else with its stack.
 * @param dataDir where it works; a full disk there shows itself in many ways
 */
export function explainFailure(error: unknown, dataDir: string): string | Error {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (error.name === "ConfigError" || error.name === "UsageError") return error.message;
  if (isFullDisk(error, dataDir)) return noRoom(dataDir).message;
  return unusable(dataDir, error)?.message ?? error;
}

const DISK_FULL = "53100";

const isFullDisk = (error: Error & { code?: unknown }, dataDir: string): boolean =>
  isOutOfRoom(dataDir) && (error.code === DISK_FULL || error.code === "ENOSPC" || isDatabaseAbsence(error));
