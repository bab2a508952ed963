import type { WecomSettings } from "#server/config/providers/wecom.ts";
import type { Log } from "#server/lib/log.ts";
import { callProvider, wordsOf } from "./call-provider.ts";
import { CallToken, type WithToken } from "./call-token.ts";
import type { ProviderTools } from "./oidc.ts";
import { ProviderFault } from "./provider-fault.ts";
import type { ProviderKind } from "./provider-kind.ts";
import type { ProviderPerson } from "./provider-person.ts";

type Answer = Readonly<Record<string, unknown>>;

/** What WeCom's error codes mean for whoever signs in; all others say that Tidewatch is set up wrongly there. */
const FAULTS: Readonly<Record<number, ConstructorParameters<typeof ProviderFault>[0]>> = {
  [-1]: "unreachable", // busy
  40029: "expired", // the code was used, or is older than five minutes
  42003: "expired",
  45009: "unreachable", // too many calls
  45033: "unreachable",
  60011: "stranger", // may not use the application
  60020: "address",
  60111: "stranger", // gone since
};
/** The token of the calls has ended, or was replaced. */
const STALE: readonly unknown[] = [40014, 42001];
/** Of a member: active. */
const ACTIVE = 1;

/** WeCom (企业微信): a page of its own to sign in, and calls with a token of the application's. */
export function openWecom(settings: WecomSettings, { log, now }: ProviderTools): ProviderKind {
  const calls = new WecomCalls(settings, log, now);
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_LOGIN_URL: loginUrl } = settings;
  return {
    id: "wecom",
    called: "WeCom",
    policy: {
      roles: settings.WECOM_ROLES ?? null,
      defaultRole: settings.WECOM_DEFAULT_ROLE ?? null,
      signUp: settings.WECOM_SIGN_UP,
    },
    oauth: {
      name: "WeCom",
      authorizationUrl: new URL("/wwlogin/sso/login", loginUrl).href,
      clientId: corpId,
      pkce: false,
      // A code is no token here: it is told to WeCom, which says whose it is.
      getToken: async ({ code }) => ({ raw: { code } }),
    },
    signInUrl: (asked) => {
      const url = new URL("/wwlogin/sso/login", loginUrl);
      url.search = new URLSearchParams({
        login_type: "CorpApp",
        appid: corpId,
        agentid: agentId,
        redirect_uri: asked.searchParams.get("redirect_uri") ?? "",
        state: asked.searchParams.get("state") ?? "",
      }).toString();
      return url;
    },
    personOf: ({ raw }) => personOf(settings, calls, String(raw?.code ?? "")),
    tellsSubject: true,
  };
}

async function personOf(
  { WECOM_CORP_ID: issuer }: WecomSettings,
  calls: WecomCalls,
  code: string,
): Promise<ProviderPerson | null> {
  const { userid, user_ticket: ticket } = await calls.get("auth/getuserinfo", { code });
  // Whoever is no member has an `openid`; a member of a company that is linked to this one is `CorpId/userid`.
  if (typeof userid !== "string" || !/^[\w.@-]{1,64}$/.test(userid)) throw new ProviderFault("stranger");
  const member = await calls.get("user/get", { userid });
  const subject = subjectOf(userid);
  if (typeof member.userid !== "string" || subjectOf(member.userid) !== subject) return null;
  if (member.status !== undefined && member.status !== ACTIVE) throw new ProviderFault("stranger");
  const email = textOf(member.biz_mail) ?? (await mailByTicket(calls, ticket));
  return {
    provider: "wecom",
    issuer,
    subject,
    email: email?.toLowerCase() ?? null,
    // The company's own mailbox, which its administrators assign; the private `email` is the member's to write.
    isEmailVerified: email !== null,
    name: textOf(member.name),
    groups: Array.isArray(member.department) ? member.department.map(String) : [],
    hasSecondFactor: false,
  };
}

/** Whoever consented has a ticket, which tells what the directory keeps back. */
async function mailByTicket(calls: WecomCalls, ticket: unknown): Promise<string | null> {
  if (typeof ticket !== "string" || ticket === "") return null;
  return textOf((await calls.post("auth/getuserdetail", { user_ticket: ticket })).biz_mail);
}

/** WeCom takes `LiLei` and `lilei` for one. */
export const subjectOf = (userid: string): string => userid.toLowerCase();

const textOf = (given: unknown): string | null =>
  typeof given === "string" && given.trim() !== "" ? given.trim() : null;

/** WeCom's interface. Everything throws ProviderFault. */
class WecomCalls {
  readonly #settings: WecomSettings;
  readonly #log: Log;
  readonly #token: CallToken;

  constructor(settings: WecomSettings, log: Log, now: () => number) {
    this.#settings = settings;
    this.#log = log;
    this.#token = new CallToken(() => this.#askToken(), now);
  }

  get(path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#withToken(path, query);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.#withToken(path, {}, body);
  }

  async #withToken(path: string, query: Readonly<Record<string, string>>, body?: object): Promise<Answer> {
    const answered = await this.#token.use(async (token): Promise<WithToken<Answer>> => {
      const answer = await this.#call(path, { access_token: token, ...query }, body);
      if (STALE.includes(answer.errcode)) return "stale";
      return { value: this.#good(path, answer, [token, ...Object.values(query)]) };
    });
    if (answered !== "stale") return answered.value;
    this.#log.error({ call: path }, "WeCom takes none of the tokens that it gives");
    throw new ProviderFault("setUp");
  }

  async #askToken(): Promise<{ token: string; seconds: number }> {
    const { WECOM_CORP_ID: corpid, WECOM_SECRET: corpsecret } = this.#settings;
    const answer = await this.#call("gettoken", { corpid, corpsecret });
    const { access_token: token, expires_in: seconds } = this.#good("gettoken", answer, [corpsecret]);
    if (typeof token !== "string" || token === "") throw new ProviderFault("unreachable");
    return { token, seconds: typeof seconds === "number" ? seconds : 0 };
  }

  async #call(path: string, query: Readonly<Record<string, string>>, body?: object): Promise<Answer> {
    const url = new URL(`/cgi-bin/${path}`, this.#settings.WECOM_API_URL);
    url.search = new URLSearchParams(query).toString();
    return (await callProvider(this.#log, { name: path, url, ...(body ? { body } : {}) })).body;
  }

  #good(path: string, answer: Answer, secrets: readonly string[]): Answer {
    const { errcode, errmsg } = answer;
    if (errcode === undefined || errcode === 0) return answer;
    const refusal = FAULTS[Number(errcode)] ?? "setUp";
    const told = { call: path, errcode, errmsg: wordsOf(errmsg, secrets) };
    this.#log[refusal === "setUp" || refusal === "address" ? "error" : "warn"](told, "WeCom refused a call");
    throw new ProviderFault(refusal);
  }
}
