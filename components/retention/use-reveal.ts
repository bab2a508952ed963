"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RevealBody, Revealed } from "#server/contracts/api/retention.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { fetchJson } from "../ui/fetch-json.ts";

const SECOND_MS = 1_000;

/** What was revealed, as long as it may be seen. Kept nowhere else: it goes with the part of the screen that shows it. */
export function useReveal(caseId: string) {
  const [shown, setShown] = useState<Revealed | null>(null);
  const { now } = useLiveClient();
  const [secondsLeft, setSecondsLeft] = useState(0);
  const asking = useMutation({
    mutationFn: (body: RevealBody) =>
      fetchJson<Revealed>(`/api/v1/retention/cases/${caseId}/reveal`, { method: "POST", body }),
    onSuccess: setShown,
    gcTime: 0,
  });
  useEffect(() => {
    if (!shown) return;
    const count = () => {
      const left = Math.ceil((Date.parse(shown.until) - now()) / SECOND_MS);
      setSecondsLeft(left);
      if (left <= 0) setShown(null);
    };
    count();
    const timer = setInterval(count, SECOND_MS);
    return () => clearInterval(timer);
  }, [shown, now]);
  return { ask: asking.mutate, isAsking: asking.isPending, error: asking.error, shown, secondsLeft };
}
