import type { Locale } from "#server/contracts/locale.ts";
import { accountEn } from "../account/messages/en.ts";
import { accountZh } from "../account/messages/zh.ts";
import { apiKeysEn } from "../api-keys/messages/en.ts";
import { apiKeysZh } from "../api-keys/messages/zh.ts";
import { audienceEn } from "../audience/messages/en.ts";
import { audienceZh } from "../audience/messages/zh.ts";
import { auditEn } from "../audit/messages/en.ts";
import { auditZh } from "../audit/messages/zh.ts";
import { keyUsersEn } from "../key-users/messages/en.ts";
import { keyUsersZh } from "../key-users/messages/zh.ts";
import { liveEn } from "../live/messages/en.ts";
import { liveZh } from "../live/messages/zh.ts";
import { ordersEn } from "../orders/messages/en.ts";
import { ordersZh } from "../orders/messages/zh.ts";
import { peopleEn } from "../people/messages/en.ts";
import { peopleZh } from "../people/messages/zh.ts";
import { pipelineEn } from "../pipeline/messages/en.ts";
import { pipelineZh } from "../pipeline/messages/zh.ts";
import { retentionEn } from "../retention/messages/en.ts";
import { retentionZh } from "../retention/messages/zh.ts";
import { settingsEn } from "../settings/messages/en.ts";
import { settingsZh } from "../settings/messages/zh.ts";
import { adminEn } from "../shell/messages/admin-en.ts";
import { adminZh } from "../shell/messages/admin-zh.ts";
import { shellEn } from "../shell/messages/en.ts";
import { shellZh } from "../shell/messages/zh.ts";

const en = {
  shell: shellEn,
  admin: adminEn,
  audit: auditEn,
  account: accountEn,
  live: liveEn,
  orders: ordersEn,
  apiKeys: apiKeysEn,
  audience: audienceEn,
  keyUsers: keyUsersEn,
  people: peopleEn,
  pipeline: pipelineEn,
  retention: retentionEn,
  settings: settingsEn,
};
const zh: typeof en = {
  shell: shellZh,
  admin: adminZh,
  audit: auditZh,
  account: accountZh,
  live: liveZh,
  orders: ordersZh,
  apiKeys: apiKeysZh,
  audience: audienceZh,
  keyUsers: keyUsersZh,
  people: peopleZh,
  pipeline: pipelineZh,
  retention: retentionZh,
  settings: settingsZh,
};

export type Messages = typeof en;

/** All words of all screens, by language; each feature owns its own. */
export const MESSAGES: Readonly<Record<Locale, typeof en>> = { en, zh };

declare module "use-intl" {
  interface AppConfig {
    Messages: typeof en;
    Locale: Locale;
  }
}
