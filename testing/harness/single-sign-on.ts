import { ApiKeys } from "#server/access/api-keys.ts";
import { createAuth } from "#server/access/auth.ts";
import { type AuthHandler, createAuthHandler } from "#server/access/auth-handler.ts";
import { createAuthenticate } from "#server/access/authenticate.ts";
import { DeviceCookies } from "#server/access/device-cookie.ts";
import type { SecondFactorRule } from "#server/access/second-factor/rule.ts";
import { parseConfig } from "#server/config/config.ts";
import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import type { Database } from "#server/db/database.ts";
import { createLog, type Log } from "#server/lib/log.ts";
import { openProviders } from "#server/system/open-providers.ts";
import { settingsAs } from "../factories/settings.ts";
import { CLIENT } from "./provider-client.ts";
import { ORIGIN, SECRET } from "./sign-ins.ts";

/** Environment variables of a test. */
export type Settings = Readonly<Record<string, string>>;

interface Options {
  readonly settings?: Settings;
  readonly rule?: SecondFactorRule;
  readonly log?: Log;
}

/** The routes of signing in, with a provider that speaks OpenID Connect. */
export const openSingleSignOn = (
  database: Database,
  issuer: string,
  { settings = {}, ...options }: Options = {},
) =>
  openWithProviders(database, {
    ...options,
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ROLES: "tw-admins=administrator,tw-managers=manager",
      ...settings,
    },
  });

/** The routes of signing in, with the providers that the settings name. */
export function openWithProviders(
  { db, pool }: Database,
  { settings = {}, rule = "none", log = createLog("silent") }: Options,
) {
  const config = parseConfig({ PUBLIC_URL: ORIGIN, ...settings });
  const auth = createAuth({ db, secret: SECRET, publicUrl: ORIGIN, log });
  const authenticate = createAuthenticate(auth, new ApiKeys(db, Date.now), { rule });
  const handler = createAuthHandler({
    auth,
    authenticate,
    db,
    pool,
    devices: new DeviceCookies(SECRET, false),
    secret: SECRET,
    rule,
    publicUrl: ORIGIN,
    providers: openProviders({ config, log }, { db, settings: settingsAs(config), secret: SECRET }),
    log,
  });
  return { handler, authenticate, config };
}

/** A browser that knows Tidewatch by its handler, and everybody else over the network. */
export class TestBrowser {
  readonly #handler: AuthHandler;
  readonly #provider: ProviderId;
  readonly #cookies = new Map<string, Map<string, string>>();

  /** @param provider whose button is pressed */
  constructor(handler: AuthHandler, provider: ProviderId = "oidc") {
    this.#handler = handler;
    this.#provider = provider;
  }

  /** The cookies of an origin, as they are sent. */
  cookieOf(origin = ORIGIN): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  forget(name: string): void {
    for (const cookies of this.#cookies.values()) cookies.delete(name);
  }

  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address);
    const headers = new Headers(init.headers);
    const cookie = this.cookieOf(origin);
    if (cookie !== "") headers.set("cookie", cookie);
    if (origin === ORIGIN) headers.set("x-forwarded-for", "203.0.113.1");
    const request = new Request(address, { ...init, headers, redirect: "manual" });
    const response = origin === ORIGIN ? await this.#handler(request) : await fetch(request);
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    for (const each of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = each.split(";");
      const at = pair.indexOf("=");
      const name = pair.slice(0, at);
      if (attributes.some((attribute) => /max-age=0/i.test(attribute))) kept.delete(name);
      else kept.set(name, pair.slice(at + 1));
    }
    return response;
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.open(`${ORIGIN}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: ORIGIN, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Presses the button: the provider's address, with what is asked of it. */
  async begin(to = "/", more: object = {}): Promise<URL> {
    const response = await this.post("/sign-in/social", { provider: this.#provider, to, ...more });
    const { url } = (await response.json()) as { url: string };
    return new URL(url);
  }

  /** Follows addresses until one is Tidewatch's, filling in the provider's form on the way. @param login what is typed there */
  async follow(address: URL, login: string): Promise<URL> {
    for (let at = address, hop = 0; hop < 12; hop++) {
      if (at.origin === ORIGIN) return at;
      let response = await this.open(at.href);
      if (response.status === 200) {
        const body = new URLSearchParams({ prompt: "login", login, password: "any" });
        response = await this.open(at.href, { method: "POST", body });
      }
      const location = response.headers.get("location");
      if (!location) throw new Error(`${at.href}: ${response.status} ${await response.text()}`);
      at = new URL(location, at);
    }
    throw new Error("the provider sends the browser round and round");
  }

  /** The whole way. @returns where the browser stands then, path and query */
  async signIn(login = "johndoe", to = "/"): Promise<string> {
    const back = await this.follow(await this.begin(to), login);
    const response = await this.open(back.href);
    return response.headers.get("location") ?? `${response.status}`;
  }
}
