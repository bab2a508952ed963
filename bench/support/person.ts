/** The person that the benchmarks sign in as: name these in the environment of the system. */
export const PERSON = {
  INIT_ADMIN_EMAIL: "bench@tidewatch.example",
  INIT_ADMIN_PASSWORD: "bench-password-of-one-run",
};

/** Signs the person in; answers the cookie header of the session. */
export async function signIn(address: string): Promise<string> {
  const response = await fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { origin: address, "content-type": "application/json" },
    body: JSON.stringify({ email: PERSON.INIT_ADMIN_EMAIL, password: PERSON.INIT_ADMIN_PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  return cookies.join("; ");
}
