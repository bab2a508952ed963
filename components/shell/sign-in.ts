/** Why a sign-in did not work, as a message key. */
export type SignInFailure = "failed" | "tooMany" | "unreachable";

/** Signs in by e-mail address or user name; null when it worked and the cookie is set. */
export async function signIn(name: string, password: string): Promise<SignInFailure | null> {
  const isEmail = name.includes("@");
  const body = isEmail ? { email: name.trim(), password } : { username: name.trim(), password };
  try {
    const response = await fetch(`/api/auth/sign-in/${isEmail ? "email" : "username"}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    if (response.status === 429) return "tooMany";
    return response.status >= 500 ? "unreachable" : "failed";
  } catch {
    return "unreachable";
  }
}
