import { z } from "zod";
import { ROLES } from "../../contracts/roles.ts";
import { flag, oneOf } from "../kinds.ts";
import type { SettingsGroup } from "../settings-group.ts";
import { providerUrl } from "./provider-url.ts";
import { rolesByGroup } from "./roles-by-group.ts";

const HOST = "write an https address without query or fragment";

const settings = {
  WECOM_CORP_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, "write the CorpID, letters and digits: ww1234567890abcdef")
    .describe("Sign-in by WeCom: the company's CorpID."),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,20}$/, "write the AgentId in digits: 1000002")
    .describe("AgentId of the application that the company made for Tidewatch in WeCom."),
  WECOM_SECRET: z.string().max(255, "write 255 characters or less").describe("Secret of that application."),
  WECOM_ROLES: rolesByGroup("12=administrator,34=manager")
    .optional()
    .describe(
      "Roles by ids of departments, the first that fits wins: 12=administrator,34=manager; unset: people keep the role that they were given here.",
    ),
  WECOM_DEFAULT_ROLE: oneOf(ROLES)
    .optional()
    .describe(
      "Role of members in none of the departments of WECOM_ROLES, and of those who sign up without it; unset: they do not come in.",
    ),
  WECOM_SIGN_UP: flag
    .default(false)
    .describe(
      "1: members with a role and a company e-mail address who are not known yet become people; 0: people are made or invited first.",
    ),
  WECOM_API_URL: providerUrl(HOST)
    .default("https://qyapi.weixin.qq.com")
    .describe("Where WeCom's interface is called; another one for a WeCom of the company's own."),
  WECOM_LOGIN_URL: providerUrl(HOST)
    .default("https://login.work.weixin.qq.com")
    .describe("Where browsers sign in with WeCom."),
} satisfies z.ZodRawShape;

/** Sign-in by WeCom (企业微信), which is no OpenID Connect. */
export const WECOM: SettingsGroup = { name: "wecom", settings, needs: ["PUBLIC_URL"] };

export type WecomSettings = z.infer<z.ZodObject<typeof settings>>;
