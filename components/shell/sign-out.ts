import { sessionGate } from "../ui/session-gate.ts";

/** Ends the session; its sockets end with it. */
export async function signOut(): Promise<void> {
  sessionGate.leave();
  await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  window.location.assign("/sign-in");
}
