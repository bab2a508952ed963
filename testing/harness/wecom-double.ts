import { type DoubleAnswer, type DoubleCall, exactly, startDouble } from "./provider-double.ts";

/** A member of the double's company, by userid. */
export interface WecomMember {
  readonly name?: string;
  readonly department?: readonly number[];
  readonly status?: number;
  readonly email?: string;
  readonly biz_mail?: string;
  /** What a ticket tells, where they consented. */
  readonly ticketMail?: string;
}

export const WECOM_APP = {
  corpId: "ww0123456789abcdef",
  agentId: "1000002",
  secret: "wecom's secret of the app",
};

const LOGIN = ["login_type", "appid", "agentid", "redirect_uri", "state"] as const;

/**
 * WeCom on loopback: its page to sign in, and the calls that tell who somebody is. It takes what the real one takes, and nothing else.
 * @param origin of the Tidewatch that it trusts
 */
export async function startWecom(origin: string) {
  const members = new Map<string, WecomMember>();
  const codes = new Map<string, Readonly<Record<string, unknown>>>();
  const calls: string[] = [];
  const state = {
    /** Who scans the code: a member's userid; `openid:…` is nobody of the company; null breaks off. */
    scans: null as string | null,
    /** Answers a path in place of what follows. */
    instead: new Map<string, DoubleAnswer>(),
    /** The tokens that count. */
    token: "",
    tokens: 0,
    expiresIn: 7_200,
  };

  const error = (errcode: number, errmsg: string): DoubleAnswer => ({ json: { errcode, errmsg } });
  const good = (more: object): DoubleAnswer => ({ json: { errcode: 0, errmsg: "ok", ...more } });

  function login(url: URL): DoubleAnswer {
    const asked = exactly(url, LOGIN);
    if (asked?.login_type !== "CorpApp") return { status: 400, text: "参数错误" };
    if (asked.appid !== WECOM_APP.corpId || asked.agentid !== WECOM_APP.agentId) {
      return { status: 400, text: "该链接无法访问" };
    }
    const back = new URL(asked.redirect_uri);
    if (back.origin !== origin) return { status: 400, text: "redirect_uri 与可信域名不一致" };
    back.searchParams.set("state", asked.state);
    if (state.scans === null) return { location: back.href };
    const code = `code-${codes.size}`;
    const [kind, id] = state.scans.includes(":") ? state.scans.split(":") : ["userid", state.scans];
    const member = members.get(state.scans);
    codes.set(code, {
      [kind ?? ""]: id,
      ...(member?.ticketMail ? { user_ticket: `ticket-${id}` } : {}),
    });
    back.searchParams.set("code", code);
    back.searchParams.set("appid", WECOM_APP.corpId);
    return { location: back.href };
  }

  function token(url: URL): DoubleAnswer {
    const asked = exactly(url, ["corpid", "corpsecret"]);
    if (!asked) return error(41002, "corpid missing");
    if (asked.corpid !== WECOM_APP.corpId) return error(40013, "invalid corpid");
    if (asked.corpsecret !== WECOM_APP.secret) return error(40001, `invalid credential ${asked.corpsecret}`);
    state.tokens += 1;
    state.token = `token-${state.tokens}`;
    return good({ access_token: state.token, expires_in: state.expiresIn });
  }

  function whose(url: URL): DoubleAnswer {
    const asked = exactly(url, ["access_token", "code"]);
    if (!asked) return error(41001, "access_token missing");
    if (asked.access_token !== state.token) return error(40014, "invalid access_token");
    const told = codes.get(asked.code);
    codes.delete(asked.code);
    return told ? good(told) : error(40029, `invalid code, token ${asked.access_token}`);
  }

  function member(url: URL): DoubleAnswer {
    const asked = exactly(url, ["access_token", "userid"]);
    if (!asked) return error(41001, "access_token missing");
    if (asked.access_token !== state.token) return error(40014, "invalid access_token");
    const entry = [...members].find(([id]) => id.toLowerCase() === asked.userid.toLowerCase());
    if (!entry) return error(60111, "userid not found");
    const { ticketMail: _, ...told } = entry[1];
    return good({ userid: entry[0], status: 1, department: [1], ...told });
  }

  function detail({ url, body }: DoubleCall): DoubleAnswer {
    const asked = exactly(url, ["access_token"]);
    if (asked?.access_token !== state.token) return error(40014, "invalid access_token");
    const id = /^ticket-(.+)$/.exec(String(body.user_ticket))?.[1] ?? "";
    const mail = members.get(id)?.ticketMail;
    return mail ? good({ userid: id, biz_mail: mail }) : error(40078, "invalid user_ticket");
  }

  const answers: Readonly<Record<string, (call: DoubleCall) => DoubleAnswer>> = {
    "GET /wwlogin/sso/login": ({ url }) => login(url),
    "GET /cgi-bin/gettoken": ({ url }) => token(url),
    "GET /cgi-bin/auth/getuserinfo": ({ url }) => whose(url),
    "GET /cgi-bin/user/get": ({ url }) => member(url),
    "POST /cgi-bin/auth/getuserdetail": (call) => detail(call),
  };
  const double = await startDouble((call) => {
    const name = `${call.method} ${call.url.pathname}`;
    calls.push(name);
    return state.instead.get(call.url.pathname) ?? answers[name]?.(call);
  });
  return {
    ...double,
    members,
    calls,
    state,
    settings: {
      WECOM_CORP_ID: WECOM_APP.corpId,
      WECOM_AGENT_ID: WECOM_APP.agentId,
      WECOM_SECRET: WECOM_APP.secret,
      WECOM_API_URL: double.origin,
      WECOM_LOGIN_URL: double.origin,
    },
  };
}
