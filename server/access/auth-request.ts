import { z } from "zod";
import { isProviderId, PROVIDER_IDS, type ProviderId } from "../contracts/single-sign-on.ts";
import { AppError, InvalidInput } from "../lib/errors.ts";
import { normalPassword } from "../lib/password-form.ts";
import { parseJsonBody, readBytes } from "./read-body.ts";
import { asRecoveryCode } from "./second-factor/recovery-codes.ts";

/** Bytes. */
const MAX_BODY = 16 * 1024;
const password = z.string().min(1).max(1_024).transform(normalPassword);
/** As apps write it: `123 456`. */
const sixDigits = z
  .string()
  .transform((typed) => typed.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "six digits"));
const named = z.string().trim().min(1).max(254).toLowerCase();

/** What better-auth is handed of a request's body, and nothing else that it may hold. */
const BODIES = {
  "/sign-in/email": z.object({ email: named, password }),
  "/sign-in/username": z.object({ username: named, password }),
  // Exactly these providers; of what better-auth reads besides (tokens, scopes, further parameters), nothing.
  "/sign-in/social": z.object({
    provider: z.enum(PROVIDER_IDS),
    to: z.string().max(2_000).default("/"),
    invitation: z.string().min(1).max(100).optional(),
  }),
  "/change-password": z.object({ currentPassword: password, newPassword: password }),
  "/sign-out": z.object({}),
  // Whoever has none says none.
  "/two-factor/enable": z.object({ password: password.optional() }),
  "/two-factor/verify-totp": z.object({ code: sixDigits }),
  "/two-factor/verify-backup-code": z.object({ code: z.string().min(1).max(64).transform(asRecoveryCode) }),
  "/two-factor/generate-backup-codes": z.object({ password: password.optional() }),
  "/two-factor/disable": z.object({ password: password.optional() }),
} as const;

/** To where a provider sends browsers back. */
export type CallbackPath = `/callback/${ProviderId}`;
const CALLBACKS = PROVIDER_IDS.map((id): CallbackPath => `/callback/${id}`);

/** Whose way back a path is; null: nobody's. */
export function providerOfCallback(path: string): ProviderId | null {
  const id = path.startsWith("/callback/") ? path.slice("/callback/".length) : "";
  return isProviderId(id) ? id : null;
}

/**
 * The routes of better-auth that there are, all of them POST but for the providers' way back; everything else that it brings (looking for user names, changing
 * one's name or address, checking a password, sign-up, resets, codes by e-mail, devices that are trusted) is closed.
 */
export type AuthPath = keyof typeof BODIES | CallbackPath;
export type BodyPath = keyof typeof BODIES;
export type AuthBody<P extends BodyPath> = z.infer<(typeof BODIES)[P]>;

const BASE = "/api/auth";

/** How a route is asked. */
export const methodOf = (path: AuthPath): "GET" | "POST" =>
  providerOfCallback(path) === null ? "POST" : "GET";

/** Those routes, with their whole paths. */
export const AUTH_ROUTES: readonly { readonly method: "GET" | "POST"; readonly path: string }[] = [
  ...(Object.keys(BODIES) as BodyPath[]),
  ...CALLBACKS,
].map((path) => ({ method: methodOf(path), path: BASE + path }));

/** Which of them a request is for; null: none. */
export function authPathOf(request: Request): AuthPath | null {
  const { pathname } = new URL(request.url);
  const path = pathname.startsWith(`${BASE}/`) ? pathname.slice(BASE.length) : "";
  return providerOfCallback(path) !== null || Object.hasOwn(BODIES, path) ? (path as AuthPath) : null;
}

/**
 * @throws {AppError} 415: it is no JSON; better-auth would read a form as well, and no try may go uncounted
 * @throws {InvalidInput}
 */
export async function readAuthBody<P extends BodyPath>(request: Request, path: P): Promise<AuthBody<P>> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("unsupported_type", 415, "Sign in with a body of the type application/json.");
  }
  const bytes = await readBytes(request, MAX_BODY, "The body is larger than 16 KiB.");
  const parsed = BODIES[path].safeParse(parseJsonBody(bytes));
  if (parsed.success) return parsed.data as AuthBody<P>;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))];
  throw new InvalidInput(`The body cannot be used: look at ${fields.join(", ") || "its form"}.`, { fields });
}

/** The same request with what was read of its body, for better-auth. */
export function withBody(request: Request, body: object): Request {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Request(request.url, { method: "POST", headers, body: JSON.stringify(body) });
}
