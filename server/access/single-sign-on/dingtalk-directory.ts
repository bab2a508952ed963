import type { DingtalkSettings } from "#server/config/providers/dingtalk.ts";
import type { Log } from "#server/lib/log.ts";
import { callProvider, wordsOf } from "./call-provider.ts";
import { CallToken, type WithToken } from "./call-token.ts";
import { ProviderFault } from "./provider-fault.ts";

/** What a company's directory says of a member. */
export interface DirectoryEntry {
  /** Small letters; assigned by the company's administrators. null: they have none. */
  readonly companyMail: string | null;
  /** `dept:12` and `role:34`, of their departments and roles. */
  readonly groups: readonly string[];
}

type Answer = Readonly<Record<string, unknown>>;

/** What the directory's error codes mean for whoever signs in; all others say that Tidewatch is set up wrongly there. */
const FAULTS: Readonly<Record<number, ConstructorParameters<typeof ProviderFault>[0]>> = {
  [-1]: "unreachable",
  33012: "stranger", // no such userid
  60011: "setUp",
  60020: "address",
  60121: "stranger", // nobody of the company
  90018: "unreachable", // too many calls
};
const STALE: readonly unknown[] = [40014, 42001];
/** Of a union id: somebody outside whom the company keeps as a contact. */
const CONTACT = 1;

/** A company's directory in DingTalk. Everything throws ProviderFault. */
export class DingtalkDirectory {
  readonly #settings: DingtalkSettings;
  readonly #log: Log;
  readonly #token: CallToken;

  constructor(settings: DingtalkSettings, log: Log, now: () => number) {
    this.#settings = settings;
    this.#log = log;
    this.#token = new CallToken(() => this.#askToken(), now);
  }

  /** The member with a union id. */
  async find(unionId: string): Promise<DirectoryEntry> {
    const found = await this.#call("topapi/user/getbyunionid", { unionid: unionId });
    if (found.contact_type === CONTACT || typeof found.userid !== "string")
      throw new ProviderFault("stranger");
    const member = await this.#call("topapi/v2/user/get", { userid: found.userid });
    if (member.unionid !== unionId) throw new ProviderFault("failed");
    if (member.active === false) throw new ProviderFault("stranger");
    const mail = typeof member.org_email === "string" ? member.org_email.trim().toLowerCase() : "";
    return {
      companyMail: mail === "" ? null : mail,
      groups: [
        ...listOf(member.dept_id_list).map((id) => `dept:${String(id)}`),
        ...listOf(member.role_list).map((role) => `role:${String((role as { id?: unknown } | null)?.id)}`),
      ],
    };
  }

  async #call(path: string, body: object): Promise<Answer> {
    const answered = await this.#token.use(async (token): Promise<WithToken<Answer>> => {
      const url = new URL(`/${path}`, this.#settings.DINGTALK_DIRECTORY_URL);
      url.searchParams.set("access_token", token);
      const { body: answer } = await callProvider(this.#log, { name: path, url, body });
      if (STALE.includes(answer.errcode)) return "stale";
      if (answer.errcode === 0) return { value: (answer.result ?? {}) as Answer };
      const refusal = FAULTS[Number(answer.errcode)] ?? "setUp";
      const { errcode, sub_code: subCode, errmsg } = answer;
      this.#log.error(
        { call: path, errcode, subCode, errmsg: wordsOf(errmsg, [token]) },
        "DingTalk refused a call",
      );
      throw new ProviderFault(refusal);
    });
    if (answered !== "stale") return answered.value;
    this.#log.error({ call: path }, "DingTalk takes none of the tokens that it gives");
    throw new ProviderFault("setUp");
  }

  async #askToken(): Promise<{ token: string; seconds: number }> {
    const { DINGTALK_CLIENT_ID: appKey, DINGTALK_CLIENT_SECRET: appSecret } = this.#settings;
    const name = "/v1.0/oauth2/accessToken";
    const url = new URL(name, this.#settings.DINGTALK_API_URL);
    const { status, body } = await callProvider(this.#log, { name, url, body: { appKey, appSecret } });
    if (status === 200 && typeof body.accessToken === "string") {
      return { token: body.accessToken, seconds: typeof body.expireIn === "number" ? body.expireIn : 0 };
    }
    const told = { call: name, status, code: body.code, message: wordsOf(body.message, [appSecret]) };
    this.#log.error(told, "DingTalk refused a call");
    throw new ProviderFault(/ip.?not.?in.?white.?list/i.test(String(body.code)) ? "address" : "setUp");
  }
}

const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : []);
