import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const PREFIX = "tidewatch.device.";
const AGE_SECONDS = 180 * 86_400;
const NONCE_BYTES = 16;
const VALUE = /^([\w-]{22})\.(\d{10})\.([\w-]{43})$/;

/**
 * Tells browsers in which a person has signed in before from all others: after OWASP's "device cookies". A cookie is signed,
 * bound to one account, out of reach of scripts and good for nothing else; it opens nothing, it only has tries of its own.
 */
export class DeviceCookies {
  readonly #secret: string;
  readonly #isSecure: boolean;

  /** @param isSecure browsers reach the system by https alone */
  constructor(secret: string, isSecure: boolean) {
    this.#secret = secret;
    this.#isSecure = isSecure;
  }

  /** The browser's own name in its cookie for this person; null: it has none, a foreign, a forged or an old one. */
  deviceOf(headers: Headers, personId: string, now: number): string | null {
    const name = nameFor(personId);
    const cookies = (headers.get("cookie") ?? "").split(";").map((each) => each.trim());
    const value = cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
    const [, nonce = "", issued = "", signature = ""] = VALUE.exec(value) ?? [];
    if (nonce === "" || !isSame(signature, this.#sign(personId, nonce, issued))) return null;
    return Number(issued) + AGE_SECONDS > now / 1_000 ? nonce : null;
  }

  /** The header that sets a new one, after a sign-in. */
  issue(personId: string, now: number): string {
    const nonce = randomBytes(NONCE_BYTES).toString("base64url");
    const issued = String(Math.floor(now / 1_000));
    const value = `${nonce}.${issued}.${this.#sign(personId, nonce, issued)}`;
    const attributes = `Max-Age=${AGE_SECONDS}; Path=/api/auth; HttpOnly; SameSite=Lax`;
    return `${nameFor(personId)}=${value}; ${attributes}${this.#isSecure ? "; Secure" : ""}`;
  }

  #sign(personId: string, nonce: string, issued: string): string {
    return createHmac("sha256", this.#secret).update(`${personId}.${nonce}.${issued}`).digest("base64url");
  }
}

/** Several people may use one browser: each has a cookie of their own, which does not tell who they are. */
const nameFor = (personId: string): string =>
  PREFIX + createHash("sha256").update(personId).digest("hex").slice(0, 12);

const isSame = (given: string, right: string): boolean =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
