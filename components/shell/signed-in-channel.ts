/** Tells the windows of this browser that somebody has signed in. */
const CHANNEL = "tidewatch.signed-in";

/** Where the window of a sign-in over a page ends. */
export const SIGNED_IN_PATH = "/signed-in";

export function tellSignedIn(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** @returns ends it */
export function onSignedIn(hear: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", hear);
  return () => channel.close();
}
