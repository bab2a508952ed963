import { fetchJson } from "../ui/fetch-json.ts";

/** What an authenticator app needs, and what helps when it is lost. */
export interface BegunEnrolment {
  /** otpauth://… */
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

const post = <T>(path: string, body: object): Promise<T> =>
  fetchJson<T>(`/api/auth/two-factor/${path}`, { method: "POST", body });

/** All of them throw ProblemError. Whoever has no password says none. */
export const beginEnrolment = (password: string | undefined): Promise<BegunEnrolment> =>
  post("enable", { password });
export const confirmEnrolment = (code: string): Promise<object> => post("verify-totp", { code });
export const renewCodes = (
  password: string | undefined,
): Promise<{ readonly backupCodes: readonly string[] }> => post("generate-backup-codes", { password });
export const removeFactor = (password: string | undefined): Promise<object> => post("disable", { password });

/** The key in it, in groups of four, as people type it. */
export function keyIn(totpURI: string): string {
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}
