"use client";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { AlertRulesPage } from "#server/contracts/api/alert-rules.ts";
import type { Proposed } from "#server/contracts/api/proposals.ts";
import type { Settings, SettingsHistory, SettingsPatch } from "#server/contracts/api/settings.ts";
import { wasProposed } from "#server/contracts/was-proposed.ts";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";

/** Colleagues set and confirm meanwhile: what is in force never stands beside a decision that has changed it for longer. */
const LOOK_AGAIN_MS = 15_000;
const SETTINGS_KEY = ["settings"] as const;

/** Everything that administrators set. */
export function useSettings() {
  return useQuery({
    queryKey: SETTINGS_KEY,
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: ({ signal }) => fetchJson<Settings>("/api/v1/settings", { signal }),
  });
}

/** Who set what, newest first. */
export function useSettingsHistory(limit: number) {
  return useInfiniteQuery({
    queryKey: [...SETTINGS_KEY, "history", limit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return fetchJson<SettingsHistory>(`/api/v1/settings/history?limit=${limit}${cursor}`, { signal });
    },
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** The thresholds in force. */
export function useRulesInForce() {
  return useQuery({
    queryKey: [...SETTINGS_KEY, "rules"],
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: async ({ signal }) =>
      (await fetchJson<AlertRulesPage>("/api/v1/alert-rules?limit=1", { signal })).items[0] ?? null,
  });
}

/** Puts other settings in force, or proposes them. When somebody was faster, theirs are read. */
export function useSettingsChange(onDone: () => void) {
  const t = useTranslations("settings");
  const shell = useTranslations("shell");
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ version, body }: { readonly version: number; readonly body: SettingsPatch }) =>
      fetchJson<Settings | Proposed>("/api/v1/settings", { method: "PATCH", body, version }),
    onSuccess: (answer) => {
      notifications.show({ message: wasProposed(answer) ? shell("waits") : t("done") });
      onDone();
    },
    onSettled: () =>
      Promise.all([SETTINGS_KEY, ["proposals"]].map((queryKey) => reread(client, { queryKey }))),
  });
}
