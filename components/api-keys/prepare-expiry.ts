const DAY_MS = 86_400_000;
/** From here on somebody should rotate it, ms. */
const SOON_MS = 14 * DAY_MS;

/** When a key ends, as the reader should see it. */
export type Expiry =
  | { readonly kind: "never" }
  | { readonly kind: "later" }
  /** Seconds that are left. */
  | { readonly kind: "soon"; readonly seconds: number }
  | { readonly kind: "over" };

/** @param now ms; null while it is not known */
export function prepareExpiry(expiresAt: string | null, now: number | null): Expiry {
  if (expiresAt === null) return { kind: "never" };
  const left = now === null ? SOON_MS : Date.parse(expiresAt) - now;
  if (left <= 0) return { kind: "over" };
  return left < SOON_MS ? { kind: "soon", seconds: left / 1_000 } : { kind: "later" };
}
