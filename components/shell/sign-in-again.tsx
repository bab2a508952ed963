"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useLiveClient } from "../live/live-provider.tsx";
import { reread } from "../live/reread.ts";
import { onDemand } from "../ui/on-demand.tsx";
import { sessionGate } from "../ui/session-gate.ts";

const SignInDialog = onDemand(() => import("./sign-in-dialog.tsx").then((module) => module.SignInDialog));
const notYet = (): boolean => false;

/** When the session has ended, asks the person to sign in again over the page as it is; then the page goes on. */
export function SignInAgain() {
  const live = useLiveClient();
  const client = useQueryClient();
  const isClosed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed, notYet);
  const isSignedOut = useSyncExternalStore(live.subscribe, live.isSignedOut, notYet);
  useEffect(() => sessionGate.guard(), []);
  useEffect(() => {
    if (isSignedOut) void sessionGate.ended();
  }, [isSignedOut]);
  if (!isClosed) return null;
  const goOn = () => {
    live.signedIn();
    sessionGate.open();
    void reread(client);
  };
  return <SignInDialog onSignedIn={goOn} />;
}
