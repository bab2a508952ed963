import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import type { SingleSignOnSettings } from "#server/config/single-sign-on.ts";
import type { Auth } from "../auth.ts";
import type { Discovery } from "./discovery.ts";

/** Signing in by the provider, as the routes need it. */
export interface SingleSignOn {
  /**
   * The instance of better-auth that knows the provider. It is one of its own: while the provider does not answer at the start, people
   * sign in by passwords with the other.
   */
  readonly auth: Pick<Auth, "handler">;
  readonly settings: Pick<SingleSignOnSettings, "OIDC_CLIENT_ID" | "OIDC_NAME">;
  readonly discovery: Pick<Discovery, "read">;
  /** Where browsers reach the system, and the provider sends them back. */
  readonly publicUrl: string;
  /** Seals what the browser keeps until the sign-out. */
  readonly secret: string;
}

/** What a browser keeps of a session that began at the provider. */
export interface ProviderSession {
  readonly sessionId: string;
  /** Tells the provider whose session ends; null: it was too long for a cookie. */
  readonly idToken: string | null;
}

export const sealed = ({ secret }: Pick<SingleSignOn, "secret">, session: ProviderSession): Promise<string> =>
  symmetricEncrypt({ key: secret, data: JSON.stringify(session) });

/** null: it is nothing of ours. */
export async function opened(
  { secret }: Pick<SingleSignOn, "secret">,
  value: string,
): Promise<ProviderSession | null> {
  const text = await symmetricDecrypt({ key: secret, data: value }).catch(() => null);
  return text === null ? null : (JSON.parse(text) as ProviderSession);
}
