import { chosenLine } from "#testing/gallery/line.ts";

type Listener = (...values: readonly unknown[]) => void;

/** The line that a story asks for: it is welcomed, refused or lost, and says no more. */
export function io() {
  const listeners = new Map<string, Listener>();
  const socket = {
    on: (name: string, listener: Listener) => void listeners.set(name, listener),
    emit: () => undefined,
    disconnect: () => socket,
    connect: () => {
      queueMicrotask(() => speak((name, ...values) => listeners.get(name)?.(...values)));
      return socket;
    },
  };
  return socket;
}

function speak(say: (name: string, ...values: readonly unknown[]) => void): void {
  const line = chosenLine();
  if (line === "connecting") return;
  if (line === "refused") {
    say("connect_error", new Error("unauthenticated"));
    return;
  }
  say("welcome", { epoch: "1", topics: [], build: "gallery", now: Date.now(), stale: [] });
  if (line === "lost") say("disconnect", "transport close");
}
