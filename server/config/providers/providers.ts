import type { ProviderId } from "../../contracts/single-sign-on.ts";
import type { GroupValues, SettingsGroup } from "../settings-group.ts";
import { DINGTALK, type DingtalkSettings } from "./dingtalk.ts";
import { OIDC, type OidcSettings } from "./oidc.ts";
import { WECOM, type WecomSettings } from "./wecom.ts";

/** The settings of every provider by which people sign in beside passwords. */
export const PROVIDER_GROUPS: Readonly<Record<ProviderId, SettingsGroup>> = {
  oidc: OIDC,
  wecom: WECOM,
  dingtalk: DINGTALK,
};

/** What each of them holds. */
export interface ProviderSettings {
  readonly oidc: OidcSettings;
  readonly wecom: WecomSettings;
  readonly dingtalk: DingtalkSettings;
}

/** null: it is not configured. */
export const providerSettings = <I extends ProviderId>(
  { groups }: { readonly groups: Readonly<Record<string, GroupValues>> },
  id: I,
): ProviderSettings[I] | null =>
  (groups[PROVIDER_GROUPS[id].name] as ProviderSettings[I] | null | undefined) ?? null;
