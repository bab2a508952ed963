"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProposalsPage } from "#server/contracts/api/proposals.ts";
import type { Settings } from "#server/contracts/api/settings.ts";
import type { GuardedAct } from "#server/contracts/four-eyes.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useCan } from "./session.tsx";

/** Whoever proposes sits elsewhere. */
const LOOK_AGAIN_MS = 30_000;

/** Whether an act will wait for a second administrator, so that its dialog does not promise what is not so. */
export function useIsGuarded(act: GuardedAct): boolean {
  const { data } = useQuery({
    queryKey: ["settings"],
    enabled: useCan("settings.read"),
    queryFn: ({ signal }) => fetchJson<Settings>("/api/v1/settings", { signal }),
  });
  const guarded = data?.items.find(({ name }) => name === "FOUR_EYES")?.value ?? "";
  return guarded.split(/[,\n]/).some((each) => each.trim() === act);
}

/** How many acts of others wait for whoever is signed in. */
export function useWaiting(): number {
  const { data } = useQuery({
    queryKey: ["proposals", "waiting"],
    enabled: useCan("settings.write"),
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: ({ signal }) => fetchJson<ProposalsPage>("/api/v1/proposals?limit=100", { signal }),
  });
  return data?.items.filter(({ isOwn }) => !isOwn).length ?? 0;
}
