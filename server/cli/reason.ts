import { UsageError } from "./command.ts";

const LONGEST = 500;

/** The reason of an act, which stands in the audit log for good. @throws {UsageError} there is none, or it cannot be kept */
export function requireReason(text: string | undefined): string {
  const reason = optionalReason(text);
  if (reason === null) throw new UsageError('Say why, for the audit log: --reason "left the company"');
  return reason;
}

/** @throws {UsageError} it cannot be kept */
export function optionalReason(text: string | undefined): string | null {
  const reason = text?.trim() ?? "";
  if (reason.length > LONGEST) throw new UsageError(`--reason is longer than ${LONGEST} characters.`);
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(reason)) throw new UsageError("--reason is one line of text.");
  return reason === "" ? null : reason;
}
