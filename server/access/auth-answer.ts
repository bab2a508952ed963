/**
 * better-auth's answer as it leaves us: kept by no cache, and without the session's token. Scripts cannot read that in its
 * cookie, and shall not read it in a body either.
 */
export async function answerWithoutToken(response: Response): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set("cache-control", "no-store");
  headers.delete("content-length");
  const text = await response.text();
  return new Response(withoutToken(text), { status: response.status, headers });
}

/** What an answer says, which stays to be read by others; {}: no object. */
export async function answerOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return answer !== null && typeof answer === "object" ? (answer as Record<string, unknown>) : {};
}

function withoutToken(text: string): string {
  if (text === "") return text;
  const answer: unknown = JSON.parse(text);
  if (answer === null || typeof answer !== "object" || !("token" in answer)) return text;
  return JSON.stringify({ ...answer, token: undefined });
}
