import type { ProviderId } from "#server/contracts/single-sign-on.ts";

/** Why a sign-in did not work, as a message key. */
export type SignInFailure =
  | "failed"
  | "tooMany"
  | "unreachable"
  | "wrongCode"
  | "usedCode"
  | "wrongRecovery"
  | "tooManyCodes"
  | "anew";

/** in: the cookie is set; code: the password was right, and a code is asked for. */
export type SignInOutcome = "in" | "code" | SignInFailure;

/** Signs in by e-mail address or user name. */
export async function signIn(name: string, password: string): Promise<SignInOutcome> {
  const isEmail = name.includes("@");
  const body = isEmail ? { email: name.trim(), password } : { username: name.trim(), password };
  const answer = await ask(`/api/auth/sign-in/${isEmail ? "email" : "username"}`, body);
  if (answer === "unreachable") return answer;
  const { status, document } = answer;
  if (status === 200) return "twoFactorRedirect" in document ? "code" : "in";
  return status === 429 ? "tooMany" : "failed";
}

/** The code of the app, or one of the recovery codes. */
export interface GivenCode {
  readonly code: string;
  readonly isRecovery: boolean;
}

/** The second half of a sign-in whose password was right. */
export async function giveCode({ code, isRecovery }: GivenCode): Promise<SignInOutcome> {
  const answer = await ask(`/api/auth/two-factor/verify-${isRecovery ? "backup-code" : "totp"}`, { code });
  if (answer === "unreachable") return answer;
  const { status, document } = answer;
  if (status === 200) return "in";
  if (status === 429) return "tooManyCodes";
  if (status !== 400) return "anew";
  if (isRecovery) return "wrongRecovery";
  return document.reason === "used" ? "usedCode" : "wrongCode";
}

/** Why the way to the provider was not begun, as a message key. */
export type SingleSignOnFailure = "away" | "unreachable";

/**
 * Sends the browser to a provider.
 * @param invitation token of the one that is accepted by it
 * @param go takes the browser to an address; unset: this page goes
 * @returns what stood in the way; null: it is on its way
 */
export async function beginSingleSignOn(
  provider: ProviderId,
  goTo: string,
  invitation?: string,
  go: (address: string) => void = (address) => window.location.assign(address),
): Promise<SingleSignOnFailure | null> {
  try {
    const response = await fetch("/api/auth/sign-in/social", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ provider, to: goTo, invitation }),
    });
    if (!response.ok) return response.status === 503 ? "away" : "unreachable";
    const { url } = (await response.json()) as { readonly url: string };
    go(url);
    return null;
  } catch {
    return "unreachable";
  }
}

interface Answer {
  readonly status: number;
  readonly document: Readonly<Record<string, unknown>>;
}

async function ask(path: string, body: object): Promise<Answer | "unreachable"> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status >= 500) return "unreachable";
    return { status: response.status, document: (await response.json()) as Answer["document"] };
  } catch {
    return "unreachable";
  }
}
