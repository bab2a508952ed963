import { AppError, Conflict, InvalidInput, TooBusy, TooLarge, Unavailable } from "../lib/errors.ts";

/** An error on its way to another thread: classes do not cross, their codes do. */
export interface Refusal {
  /** null: not an error that we raise on purpose. */
  readonly code: string | null;
  readonly message: string;
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function errorOf({ code, message }: Refusal): Error {
  switch (code) {
    case "invalid_input":
      return new InvalidInput(message);
    case "conflict":
      return new Conflict(message, null);
    case "too_busy":
      return new TooBusy(message);
    case "too_large":
      return new TooLarge(message);
    case "unavailable":
      return new Unavailable(message);
    default:
      return new Error(`the engine thread failed on a body: ${message}`);
  }
}
