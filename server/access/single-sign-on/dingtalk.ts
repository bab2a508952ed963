import type { DingtalkSettings } from "#server/config/providers/dingtalk.ts";
import { callProvider, wordsOf } from "./call-provider.ts";
import { DingtalkDirectory, type DirectoryEntry } from "./dingtalk-directory.ts";
import type { ProviderTools } from "./oidc.ts";
import { ProviderFault } from "./provider-fault.ts";
import type { ProviderKind } from "./provider-kind.ts";
import type { ProviderPerson } from "./provider-person.ts";

/** Of somebody of whom the directory is not asked. */
const NOT_ASKED: DirectoryEntry = { companyMail: null, groups: [] };

/** DingTalk (钉钉): OAuth 2.0 with names of its own, no ID token, and who somebody is asked for with their token. */
export function openDingtalk(settings: DingtalkSettings, tools: ProviderTools): ProviderKind {
  const {
    DINGTALK_ROLES: roles = null,
    DINGTALK_SIGN_UP: signUp,
    DINGTALK_READ_DIRECTORY: readsDirectory,
    DINGTALK_CLIENT_ID: clientId,
  } = settings;
  const directory =
    readsDirectory || signUp || roles !== null ? new DingtalkDirectory(settings, tools.log, tools.now) : null;
  const loginUrl = new URL("/oauth2/auth", settings.DINGTALK_LOGIN_URL);
  return {
    id: "dingtalk",
    called: "DingTalk",
    policy: { roles, defaultRole: settings.DINGTALK_DEFAULT_ROLE ?? null, signUp },
    oauth: {
      name: "DingTalk",
      authorizationUrl: loginUrl.href,
      clientId,
      pkce: false,
      // What comes of the code is asked for where its faults are told apart.
      getToken: async ({ code }) => ({ raw: { code } }),
    },
    signInUrl: (asked) => {
      const url = new URL(loginUrl);
      const said = {
        redirect_uri: asked.searchParams.get("redirect_uri") ?? "",
        response_type: "code",
        client_id: clientId,
        scope: "openid corpid",
        state: asked.searchParams.get("state") ?? "",
        prompt: "consent",
      };
      // DingTalk wants blanks as %20.
      url.search = new URLSearchParams(said).toString().replaceAll("+", "%20");
      return url;
    },
    wayBack: { authCode: "code" },
    personOf: ({ raw }) => personOf(settings, tools, directory, String(raw?.code ?? "")),
    tellsSubject: true,
  };
}

async function personOf(
  settings: DingtalkSettings,
  tools: ProviderTools,
  directory: DingtalkDirectory | null,
  code: string,
): Promise<ProviderPerson | null> {
  const { DINGTALK_CORP_ID: issuer, DINGTALK_CLIENT_ID: clientId } = settings;
  const clientSecret = settings.DINGTALK_CLIENT_SECRET;
  const call = callsOf(settings, tools);
  const token = await call("/v1.0/oauth2/userAccessToken", {
    body: { clientId, clientSecret, code, grantType: "authorization_code" },
    secrets: [clientSecret, code],
  });
  // The company that they chose there; whoever has left this one cannot choose it.
  if (token.corpId !== issuer) throw new ProviderFault("stranger");
  const accessToken = String(token.accessToken ?? "");
  const me = await call("/v1.0/contact/users/me", {
    headers: { "x-acs-dingtalk-access-token": accessToken },
    secrets: [accessToken],
  });
  const { unionId: subject } = me;
  if (typeof subject !== "string" || !/^[\w+/=.-]{1,128}$/.test(subject)) return null;
  const entry = directory ? await directory.find(subject) : NOT_ASKED;
  return {
    provider: "dingtalk",
    issuer,
    subject,
    // Never `email` of `me`: everybody writes their own there.
    email: entry.companyMail,
    isEmailVerified: entry.companyMail !== null,
    name: typeof me.nick === "string" && me.nick.trim() !== "" ? me.nick.trim() : null,
    groups: entry.groups,
    hasSecondFactor: false,
  };
}

interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly secrets: readonly string[];
}

/** Calls the interface that answers faults by status and a code in words. */
const callsOf =
  ({ DINGTALK_API_URL: api }: DingtalkSettings, { log }: ProviderTools) =>
  async (path: string, { secrets, ...call }: Call): Promise<Readonly<Record<string, unknown>>> => {
    const { status, body } = await callProvider(log, { name: path, url: new URL(path, api), ...call });
    if (status === 200) return body;
    const refusal = refusalOf(status, String(body.code ?? ""));
    const told = { call: path, status, code: body.code, message: wordsOf(body.message, secrets) };
    log[refusal === "expired" ? "warn" : "error"](told, "DingTalk refused a call");
    throw new ProviderFault(refusal);
  };

function refusalOf(status: number, code: string): ConstructorParameters<typeof ProviderFault>[0] {
  if (/ip.?not.?in.?white.?list/i.test(code)) return "address";
  if (/auth.?code/i.test(code)) return "expired";
  return status === 429 || /throttling|qps|frequency/i.test(code) ? "unreachable" : "setUp";
}
