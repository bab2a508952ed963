import type { Callback } from "../single-sign-on/admission.ts";

/** What better-auth tells of the request in which it makes a session. */
interface Making {
  readonly path?: string | undefined;
  readonly context?: { readonly session?: { readonly session: Readonly<Record<string, unknown>> } | null };
}

/** Routes that make a session only after a code was right. */
const BY_CODE: readonly (string | undefined)[] = [
  "/two-factor/verify-totp",
  "/two-factor/verify-backup-code",
];

/**
 * When a second factor was given for a session that is being made: now, by a code, or where the provider says so; the earlier session's, where a changed password
 * replaces it; else none was. Whatever the session that it replaces says otherwise is not taken over.
 */
export function secondFactorOfNewSession(
  making: Making | null,
  now: Date,
  callback?: Callback,
): { secondFactorAt: Date | null } {
  if (BY_CODE.includes(making?.path)) return { secondFactorAt: now };
  if (making?.path === "/callback/:id") {
    return { secondFactorAt: callback?.who?.hasSecondFactor === true ? now : null };
  }
  const before = making?.path === "/change-password" ? making.context?.session?.session : undefined;
  return { secondFactorAt: before?.secondFactorAt instanceof Date ? before.secondFactorAt : null };
}
