import type { LateEffect } from "#server/contracts/api/days.ts";
import type { VerifiedDay } from "../verify-day.ts";

/** What a thread aside is started with. */
export interface AsideSettings {
  readonly databaseUrl: string;
  /** Root of the keys; see Vault. */
  readonly secretKey: string;
  /** Business time zone. */
  readonly zone: string;
}

/** What takes long on a large day. */
export interface AsideTask {
  readonly kind: "late-effect" | "verify-day";
  /** Business date. */
  readonly date: string;
}

export type FromAside =
  | { readonly type: "answer"; readonly value: LateEffect | VerifiedDay }
  /** `code` null: not an error that we raise on purpose. */
  | {
      readonly type: "refusal";
      readonly code: string | null;
      readonly status: number;
      readonly message: string;
    };
