import { opened, type SingleSignOn, sealed } from "./single-sign-on.ts";

/** A cookie of ours whose value only we can read. */
interface SealedCookie {
  readonly name: string;
  readonly path: string;
  /** How long it is kept. */
  readonly seconds: number;
}

type Owner = Pick<SingleSignOn, "publicUrl" | "secret">;

/** The value of a cookie in a request; null: it is not sent. */
export function cookieIn(headers: Headers, { name }: Pick<SealedCookie, "name">): string | null {
  const cookies = (headers.get("cookie") ?? "").split(";").map((each) => each.trim());
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) || null;
}

/** What was sealed in a cookie of a request; null: it is not sent, or nothing of ours. */
export async function openedCookie<T>(
  owner: Pick<Owner, "secret">,
  headers: Headers,
  cookie: Pick<SealedCookie, "name">,
): Promise<T | null> {
  const value = cookieIn(headers, cookie);
  return value === null ? null : opened<T>(owner, value);
}

/** The header by which a browser keeps something. */
export const keepCookie = async (owner: Owner, cookie: SealedCookie, kept: object): Promise<string> =>
  cookieHeader(owner, cookie, await sealed(owner, kept));

/** The header by which a browser forgets it. */
export const dropCookie = (owner: Owner, cookie: SealedCookie): string =>
  cookieHeader(owner, { ...cookie, seconds: 0 }, "");

export const cookieHeader = (
  { publicUrl }: Pick<Owner, "publicUrl">,
  { name, path, seconds }: SealedCookie,
  value: string,
): string =>
  `${name}=${value}; Max-Age=${seconds}; Path=${path}; HttpOnly; SameSite=Lax${publicUrl.startsWith("https:") ? "; Secure" : ""}`;
