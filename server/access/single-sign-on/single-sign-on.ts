import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import type { Auth } from "../auth.ts";
import type { ProviderKind } from "./provider-kind.ts";

/** Signing in by one provider, as the routes need it. */
export interface SingleSignOn {
  /**
   * The instance of better-auth that knows the provider. It is one of its own: while the provider does not answer at the start, people
   * sign in by passwords and by other providers.
   */
  readonly auth: Pick<Auth, "handler">;
  readonly kind: Pick<
    ProviderKind,
    "id" | "called" | "signInUrl" | "wayBack" | "tellsSubject" | "endSessionUrl"
  >;
  /** Where browsers reach the system, and the provider sends them back. */
  readonly publicUrl: string;
  /** Seals what the browser keeps. */
  readonly secret: string;
}

/** Every provider that is configured. */
export type Providers = ReadonlyMap<ProviderId, SingleSignOn>;

type Sealing = Pick<SingleSignOn, "secret">;

/** What a browser may keep and not read. */
export const sealed = ({ secret }: Sealing, kept: object): Promise<string> =>
  symmetricEncrypt({ key: secret, data: JSON.stringify(kept) });

/** null: it is nothing of ours. */
export async function opened<T>({ secret }: Sealing, value: string): Promise<T | null> {
  const text = await symmetricDecrypt({ key: secret, data: value }).catch(() => null);
  return text === null ? null : (JSON.parse(text) as T);
}
