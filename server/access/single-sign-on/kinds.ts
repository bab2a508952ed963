import type { Config } from "#server/config/config.ts";
import { type ProviderSettings, providerSettings } from "#server/config/providers/providers.ts";
import { type OfferedProvider, PROVIDER_IDS, type ProviderId } from "#server/contracts/single-sign-on.ts";
import { openDingtalk } from "./dingtalk.ts";
import { openOidc, type ProviderTools } from "./oidc.ts";
import type { ProviderKind } from "./provider-kind.ts";
import { issuerName } from "./provider-person.ts";
import { openWecom, subjectOf } from "./wecom.ts";

/** What there is of a provider before it is opened. */
interface Kind<I extends ProviderId> {
  readonly open: (settings: ProviderSettings[I], tools: ProviderTools) => ProviderKind;
  /** What people call it, where that is configured. */
  readonly name: (settings: ProviderSettings[I]) => string | null;
  /** Whose word its subjects are, as accounts name it. */
  readonly issuer: (settings: ProviderSettings[I]) => string;
  /** How the provider itself writes a subject that somebody typed. */
  readonly subject: (typed: string) => string;
}

const asTyped = (typed: string): string => typed;

/** Every provider by which people sign in. */
const KINDS: { readonly [I in ProviderId]: Kind<I> } = {
  oidc: {
    open: openOidc,
    name: (settings) => settings.OIDC_NAME,
    issuer: (settings) => issuerName(settings.OIDC_ISSUER),
    subject: asTyped,
  },
  wecom: {
    open: openWecom,
    name: () => null,
    issuer: (settings) => settings.WECOM_CORP_ID,
    subject: subjectOf,
  },
  dingtalk: {
    open: openDingtalk,
    name: () => null,
    issuer: (settings) => settings.DINGTALK_CORP_ID,
    subject: asTyped,
  },
};

type Configured = Pick<Config, "groups">;

/** Those that are configured, opened. */
export const openKinds = (config: Configured, tools: ProviderTools): ProviderKind[] =>
  PROVIDER_IDS.flatMap((id) => openKind(config, id, tools) ?? []);

function openKind<I extends ProviderId>(
  config: Configured,
  id: I,
  tools: ProviderTools,
): ProviderKind | null {
  const settings = providerSettings(config, id);
  return settings && KINDS[id].open(settings, tools);
}

/** Those that are configured, as screens offer them. */
export const offeredProviders = (config: Configured): OfferedProvider[] =>
  PROVIDER_IDS.flatMap((id) => offered(config, id) ?? []);

function offered<I extends ProviderId>(config: Configured, id: I): OfferedProvider | null {
  const settings = providerSettings(config, id);
  return settings && { id, name: KINDS[id].name(settings) };
}

/** How an account names a subject that somebody typed; null: the provider is not configured. */
export function accountOf<I extends ProviderId>(config: Configured, id: I, typed: string) {
  const settings = providerSettings(config, id);
  return settings && { issuer: KINDS[id].issuer(settings), subject: KINDS[id].subject(typed.trim()) };
}
