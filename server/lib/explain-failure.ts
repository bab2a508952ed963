import { isOutOfRoom, isWithin, noRoom, unusable } from "./data-dir.ts";
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
  return (isOfDataDir(error, dataDir) ? unusable(dataDir, error)?.message : unusableFile(error)) ?? error;
}

/** Files in DATA_DIR and folders on the way to it. */
const isOfDataDir = ({ path }: NodeJS.ErrnoException, dataDir: string): boolean =>
  path === undefined || isWithin(path, dataDir) || isWithin(dataDir, path);

/** A file that somebody named: "ENOENT: no such file or directory, open '/x'" without its first and last words. */
function unusableFile({ message, ...error }: Error & { code?: string; syscall?: string; path?: string }) {
  const { code, syscall, path } = error;
  if (code === undefined || syscall === undefined || path === undefined) return null;
  const said = message.slice(message.indexOf(": ") + 2, message.lastIndexOf(`, ${syscall}`));
  return `${path} cannot be used: ${said} (${code}).`;
}

const DISK_FULL = "53100";

const isFullDisk = (error: Error & { code?: unknown }, dataDir: string): boolean =>
  isOutOfRoom(dataDir) && (error.code === DISK_FULL || error.code === "ENOSPC" || isDatabaseAbsence(error));
