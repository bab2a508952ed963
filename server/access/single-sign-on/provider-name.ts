import type { Config } from "#server/config/config.ts";
import { singleSignOnOf } from "#server/config/single-sign-on.ts";

/** What people call the provider, for the sign-in page; null: they sign in by passwords alone. */
export const providerName = (config: Pick<Config, "groups">): string | null =>
  singleSignOnOf(config)?.OIDC_NAME ?? null;
