const MARK = Symbol.for("tidewatch.error");

/**
 * Base of every error that Tidewatch raises on purpose: a stable code, and what it means over HTTP. Next bundles its own copy of
 * this module: an error that crosses over is known by its mark and its code, not by its class.
 */
export class AppError extends Error {
  readonly [MARK] = true;
  readonly code: string;
  /** HTTP status; see the transport's mapping. */
  readonly status: number;
  /** Further members of the problem document, safe to show. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.status = status;
    this.fields = fields;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: each class asks for itself
    return isA(this, value);
  }
}

/** The request itself is wrong: what, where, how to fix it. */
export class InvalidInput extends AppError {
  constructor(message: string, fields: Record<string, unknown> = {}) {
    super("invalid_input", 400, message, fields);
  }
}

export class Unauthenticated extends AppError {
  constructor(message = "Sign in, or send an API key as a bearer token.") {
    super("unauthenticated", 401, message);
  }
}

/** For who sent a key: which of the three it is is nobody's business who guesses. */
export const unknownKey = (): Unauthenticated =>
  new Unauthenticated(
    "This API key is not known, was revoked or has expired. Ask an administrator for another one (npm run cli -- api-key create).",
  );

export class Forbidden extends AppError {
  constructor(message = "You do not have the right to do this.") {
    super("forbidden", 403, message);
  }
}

export class NotFound extends AppError {
  constructor(message: string) {
    super("not_found", 404, message);
  }
}

/** The path is right, the method is not; `allow` are those that are. */
export class MethodNotAllowed extends AppError {
  readonly allow: readonly string[];

  constructor(allow: readonly string[]) {
    super("method_not_allowed", 405, `Here there is ${allow.join(", ")}.`);
    this.allow = allow;
  }
}

/** It was there, and was deleted: asking again does not help. */
export class Gone extends AppError {
  constructor(message: string) {
    super("pruned", 410, message);
  }
}

/** The case is somebody else's, and the act did not name them. */
export class OwnedByOther extends AppError {
  constructor(owner: { readonly id: string; readonly name: string }) {
    super("owned", 409, `${owner.name} has this case. Name them to take it over.`, { owner });
  }
}

/** Somebody was faster: `current` is the present object; `more` says what of it has moved. */
export class Conflict extends AppError {
  constructor(message: string, current: unknown, more: Record<string, unknown> = {}) {
    super("conflict", 409, message, { ...more, current });
  }
}

/** More than one request may carry; in smaller parts it can be taken. */
export class TooLarge extends AppError {
  constructor(message: string) {
    super("too_large", 413, message);
  }
}

/** A write without `If-Match`. */
export class PreconditionRequired extends AppError {
  constructor() {
    super("precondition_required", 428, 'Name the version that you saw: If-Match: "7".');
  }
}

/** The database or the writer is away for now; the same request may be sent again. */
export class Unavailable extends AppError {
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 2) {
    super("unavailable", 503, message);
    this.retryAfter = retryAfter;
  }
}

/** The queue is full; the same request may be sent again. */
export class TooBusy extends AppError {
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 1) {
    super("too_busy", 429, message);
    this.retryAfter = retryAfter;
  }
}

/** Kinds that are told by their code alone, whichever copy of the module made them. */
const CODES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [InvalidInput, "invalid_input"],
  [NotFound, "not_found"],
  [Gone, "pruned"],
  [Conflict, "conflict"],
  [TooLarge, "too_large"],
  [Unavailable, "unavailable"],
  [TooBusy, "too_busy"],
]);

function isA(kind: unknown, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(kind as typeof AppError, value)) return true;
  if (typeof value !== "object" || value === null || !(MARK in value)) return false;
  return kind === AppError || (CODES.has(kind) && CODES.get(kind) === (value as AppError).code);
}
