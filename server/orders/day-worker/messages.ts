import type { LateEffect } from "#server/contracts/api/days.ts";
import type { VerifiedDay } from "#server/contracts/verified-day.ts";
import type { PlainError } from "#server/lib/plain-error.ts";

/** What the day worker is started with. */
export interface DayWorkerSettings {
  readonly databaseUrl: string;
  /** Root of the keys; see FieldCipher. */
  readonly secretKey: string;
  /** Business time zone. */
  readonly zone: string;
}

/** What takes long on a large day. */
export interface DayTask {
  readonly kind: "late-effect" | "verify-day";
  /** Business date. */
  readonly date: string;
}

export type DayOutcome = { readonly value: LateEffect | VerifiedDay } | { readonly error: PlainError };
