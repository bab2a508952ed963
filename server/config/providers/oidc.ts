import { z } from "zod";
import { flag, list } from "../kinds.ts";
import type { SettingsGroup } from "../settings-group.ts";
import { providerUrl } from "./provider-url.ts";
import { rolesByGroup } from "./roles-by-group.ts";

const settings = {
  OIDC_ISSUER: providerUrl(
    "write the https address that the provider names as its issuer, without query or fragment",
  ).describe(
    "Single sign-on by OpenID Connect: the issuer, whose discovery document stands under /.well-known/openid-configuration.",
  ),
  OIDC_CLIENT_ID: z
    .string()
    .max(255, "write 255 characters or less")
    .describe("Tidewatch's id at that provider."),
  OIDC_CLIENT_SECRET: z
    .string()
    .max(4_096, "write 4096 characters or less")
    .describe("Tidewatch's secret at that provider."),
  OIDC_ROLES: rolesByGroup("tw-admins=administrator").describe(
    "Roles by group, the first that fits wins: tw-admins=administrator,tw-managers=manager. Whoever is in none of the groups does not come in.",
  ),
  OIDC_NAME: z
    .string()
    .max(60, "write 60 characters or less")
    .default("SSO")
    .describe("What people call the provider; the sign-in page's button says so."),
  OIDC_GROUPS_CLAIM: z
    .string()
    .max(255, "write 255 characters or less")
    .default("groups")
    .describe("Claim that holds a person's groups, e.g. roles."),
  OIDC_SCOPES: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, "write scopes, separated by blanks")
    .default("openid email profile")
    .describe("Scopes that are asked for, separated by blanks; openid is always one of them."),
  OIDC_SIGN_UP: flag
    .default(false)
    .describe(
      "1: whoever has a role by their groups and is not known yet becomes a person; 0: people are made or invited first.",
    ),
  OIDC_TRUST_EMAIL: flag
    .default(false)
    .describe(
      "1: an e-mail address of which the provider does not say whether it is verified counts as verified; for providers whose administrators alone set addresses.",
    ),
  OIDC_SECOND_FACTOR_AMR: list
    .default(["mfa", "otp", "hwk", "sc"])
    .describe("Values of the claim amr, any of which says that a second factor was given at the provider."),
  OIDC_SECOND_FACTOR_ACR: list
    .optional()
    .describe("Values of the claim acr that say so; set, they are asked for as well (acr_values)."),
} satisfies z.ZodRawShape;

/** A provider that speaks OpenID Connect. */
export const OIDC: SettingsGroup = {
  name: "oidc",
  settings,
  // The address to which the provider sends people back is registered there: it must not follow the request's host.
  needs: ["PUBLIC_URL"],
};

export type OidcSettings = z.infer<z.ZodObject<typeof settings>>;
