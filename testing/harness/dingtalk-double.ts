import { type DoubleAnswer, type DoubleCall, exactly, startDouble } from "./provider-double.ts";

/** Somebody at the double, by union id. */
export interface DingtalkUser {
  readonly nick?: string;
  /** Their own, which anybody writes there. */
  readonly email?: string;
  /** The company that they choose; unset: the double's. */
  readonly corpId?: string;
  /** Of the company's directory; null: it does not know them. */
  readonly member?: {
    readonly userid: string;
    readonly org_email?: string;
    readonly dept_id_list?: readonly number[];
    readonly role_list?: readonly { readonly id: number; readonly name: string }[];
    readonly active?: boolean;
    readonly contact_type?: number;
  } | null;
}

export const DINGTALK_APP = {
  corpId: "ding0123456789",
  clientId: "dingclient",
  secret: "dingtalk's secret of the app",
};

const LOGIN = ["redirect_uri", "response_type", "client_id", "scope", "state", "prompt"] as const;

/**
 * DingTalk on loopback: its page to sign in, its interface and its directory. It takes what the real one takes, and nothing else.
 * @param redirectUri the one address that is registered
 */
export async function startDingtalk(redirectUri: string) {
  const users = new Map<string, DingtalkUser>();
  const codes = new Map<string, string>();
  const tokens = new Map<string, string>();
  const calls: string[] = [];
  const state = {
    /** Union id of who scans the code; null breaks off. */
    scans: null as string | null,
    instead: new Map<string, DoubleAnswer>(),
    appToken: "",
    appTokens: 0,
  };

  const refuse = (status: number, code: string, message: string): DoubleAnswer => ({
    status,
    json: { code, message, requestid: "REQ" },
  });

  function login({ url }: DoubleCall): DoubleAnswer {
    const asked = exactly(url, LOGIN);
    const isRight =
      asked?.response_type === "code" &&
      asked.client_id === DINGTALK_APP.clientId &&
      asked.scope === "openid corpid" &&
      asked.prompt === "consent" &&
      asked.redirect_uri === redirectUri &&
      url.search.includes("openid%20corpid");
    if (!isRight) return { status: 400, text: "参数错误" };
    const back = new URL(asked.redirect_uri);
    back.searchParams.set("state", asked.state);
    if (state.scans === null) {
      back.searchParams.set("error", "access_denied");
      return { location: back.href };
    }
    const code = `code-${codes.size}`;
    codes.set(code, state.scans);
    back.searchParams.set("authCode", code);
    return { location: back.href };
  }

  function userToken({ body, headers }: DoubleCall): DoubleAnswer {
    if (headers["content-type"] !== "application/json") return refuse(400, "invalidContentType", "no JSON");
    if (body.clientId !== DINGTALK_APP.clientId || body.clientSecret !== DINGTALK_APP.secret) {
      return refuse(400, "invalidClientIdOrSecret", `wrong secret ${String(body.clientSecret)}`);
    }
    if (body.grantType !== "authorization_code") return refuse(400, "invalidGrantType", "grantType");
    const unionId = codes.get(String(body.code));
    codes.delete(String(body.code));
    if (!unionId) return refuse(400, "invalidParameter.authCode.notFound", "不合法的临时授权码");
    const accessToken = `user-${unionId}`;
    tokens.set(accessToken, unionId);
    return {
      json: {
        accessToken,
        refreshToken: "unused",
        expireIn: 7_200,
        corpId: users.get(unionId)?.corpId ?? DINGTALK_APP.corpId,
      },
    };
  }

  function me({ headers }: DoubleCall): DoubleAnswer {
    const unionId = tokens.get(String(headers["x-acs-dingtalk-access-token"]));
    if (!unionId) return refuse(401, "InvalidAuthentication", "token");
    const { nick, email } = users.get(unionId) ?? {};
    return {
      json: { nick, email, unionId, openId: `open-${unionId}`, mobile: "13800000000", stateCode: "86" },
    };
  }

  function appToken({ body }: DoubleCall): DoubleAnswer {
    if (body.appKey !== DINGTALK_APP.clientId || body.appSecret !== DINGTALK_APP.secret) {
      return refuse(400, "invalidClientIdOrSecret", "wrong secret");
    }
    state.appTokens += 1;
    state.appToken = `app-${state.appTokens}`;
    return { json: { accessToken: state.appToken, expireIn: 7_200 } };
  }

  const error = (errcode: number, errmsg: string): DoubleAnswer => ({
    json: { errcode, errmsg, request_id: "REQ" },
  });

  function directory(
    { url, body }: DoubleCall,
    find: (body: DoubleCall["body"]) => DoubleAnswer,
  ): DoubleAnswer {
    if (exactly(url, ["access_token"])?.access_token !== state.appToken)
      return error(40014, "invalid access_token");
    return find(body);
  }

  function byUnionId({ unionid }: DoubleCall["body"]): DoubleAnswer {
    const member = users.get(String(unionid))?.member;
    if (!member) return error(60121, "找不到该用户");
    return {
      json: {
        errcode: 0,
        errmsg: "ok",
        result: { userid: member.userid, contact_type: member.contact_type ?? 0 },
      },
    };
  }

  function byUserId({ userid }: DoubleCall["body"]): DoubleAnswer {
    const found = [...users].find(([, { member }]) => member?.userid === userid);
    if (!found) return error(60121, "找不到该用户");
    const [unionid, { member, nick, email }] = found;
    return {
      json: { errcode: 0, errmsg: "ok", result: { active: true, name: nick, email, unionid, ...member } },
    };
  }

  const answers: Readonly<Record<string, (call: DoubleCall) => DoubleAnswer>> = {
    "GET /oauth2/auth": login,
    "POST /v1.0/oauth2/userAccessToken": userToken,
    "GET /v1.0/contact/users/me": me,
    "POST /v1.0/oauth2/accessToken": appToken,
    "POST /topapi/user/getbyunionid": (call) => directory(call, byUnionId),
    "POST /topapi/v2/user/get": (call) => directory(call, byUserId),
  };
  const double = await startDouble((call) => {
    const name = `${call.method} ${call.url.pathname}`;
    calls.push(name);
    return state.instead.get(call.url.pathname) ?? answers[name]?.(call);
  });
  return {
    ...double,
    users,
    calls,
    state,
    settings: {
      DINGTALK_CORP_ID: DINGTALK_APP.corpId,
      DINGTALK_CLIENT_ID: DINGTALK_APP.clientId,
      DINGTALK_CLIENT_SECRET: DINGTALK_APP.secret,
      DINGTALK_API_URL: double.origin,
      DINGTALK_DIRECTORY_URL: double.origin,
      DINGTALK_LOGIN_URL: double.origin,
    },
  };
}
