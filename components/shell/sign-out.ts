import { sessionGate } from "../ui/session-gate.ts";

/** Ends the session; its sockets end with it. Whoever came by the provider goes on to end theirs there. */
export async function signOut(): Promise<void> {
  sessionGate.leave();
  const response = await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const { url } = await (response.json() as Promise<{ readonly url?: string }>).catch(() => ({
    url: undefined,
  }));
  window.location.assign(url ?? "/sign-in");
}
