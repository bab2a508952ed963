import { z } from "zod";
import { ROLES } from "../../contracts/roles.ts";
import { flag, oneOf } from "../kinds.ts";
import type { SettingsGroup } from "../settings-group.ts";
import { providerUrl } from "./provider-url.ts";
import { rolesByGroup } from "./roles-by-group.ts";

const HOST = "write an https address without query or fragment";

const settings = {
  DINGTALK_CORP_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, "write the CorpId, letters and digits: dingabcdef1234567890")
    .describe("Sign-in by DingTalk: the company's CorpId."),
  DINGTALK_CLIENT_ID: z
    .string()
    .max(255, "write 255 characters or less")
    .describe("Client ID (AppKey) of the application that the company made for Tidewatch in DingTalk."),
  DINGTALK_CLIENT_SECRET: z
    .string()
    .max(255, "write 255 characters or less")
    .describe("Client secret (AppSecret) of that application."),
  DINGTALK_READ_DIRECTORY: flag
    .default(false)
    .describe(
      "1: company e-mail addresses are read from the company's directory, which takes a permission of its own; DINGTALK_ROLES and DINGTALK_SIGN_UP read it as well.",
    ),
  DINGTALK_ROLES: rolesByGroup("dept:12=manager,role:34=administrator")
    .optional()
    .describe(
      "Roles by ids of departments and of DingTalk's roles, the first that fits wins: dept:12=manager,role:34=administrator; unset: people keep the role that they were given here.",
    ),
  DINGTALK_DEFAULT_ROLE: oneOf(ROLES)
    .optional()
    .describe(
      "Role of members to whom DINGTALK_ROLES gives none, and of those who sign up without it; unset: they do not come in.",
    ),
  DINGTALK_SIGN_UP: flag
    .default(false)
    .describe(
      "1: members with a role and a company e-mail address who are not known yet become people; 0: people are made or invited first.",
    ),
  DINGTALK_API_URL: providerUrl(HOST)
    .default("https://api.dingtalk.com")
    .describe("Where DingTalk's interface is called."),
  DINGTALK_DIRECTORY_URL: providerUrl(HOST)
    .default("https://oapi.dingtalk.com")
    .describe("Where DingTalk's directory is read."),
  DINGTALK_LOGIN_URL: providerUrl(HOST)
    .default("https://login.dingtalk.com")
    .describe("Where browsers sign in with DingTalk."),
} satisfies z.ZodRawShape;

/** Sign-in by DingTalk (钉钉), which is OAuth 2.0 in a dialect of its own and no OpenID Connect. */
export const DINGTALK: SettingsGroup = { name: "dingtalk", settings, needs: ["PUBLIC_URL"] };

export type DingtalkSettings = z.infer<z.ZodObject<typeof settings>>;
