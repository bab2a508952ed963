import { AppError, Conflict, InvalidInput, TooBusy, TooLarge, Unavailable } from "./errors.ts";

/** An error on its way to another thread: classes do not cross, their codes do. */
export interface PlainError {
  /** null: not an error that we raise on purpose. */
  readonly code: string | null;
  readonly status: number;
  readonly message: string;
}

export function plainOf(error: unknown): PlainError {
  if (error instanceof AppError) return { code: error.code, status: error.status, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: null, status: 500, message };
}

/** Errors whose class says more than their code, e.g. after how long another try makes sense. */
const CLASSES: Readonly<Record<string, (message: string) => AppError>> = {
  invalid_input: (message) => new InvalidInput(message),
  conflict: (message) => new Conflict(message, null),
  too_busy: (message) => new TooBusy(message),
  too_large: (message) => new TooLarge(message),
  unavailable: (message) => new Unavailable(message),
};

/** @param thread that failed, for what is no error of ours */
export function errorOf({ code, status, message }: PlainError, thread: string): Error {
  if (code === null) return new Error(`the ${thread} failed: ${message}`);
  return CLASSES[code]?.(message) ?? new AppError(code, status, message);
}
