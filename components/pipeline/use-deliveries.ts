"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DeliveriesPage, Delivery } from "../../server/contracts/api/deliveries.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const KEY = ["deliveries"] as const;
const SHOWN = 50;
const REFRESH_MS = 10_000;

/** The newest deliveries; `given` up ones alone, or all. */
export function useDeliveries(deadOnly: boolean) {
  const search = new URLSearchParams({ limit: String(SHOWN), ...(deadOnly ? { state: "dead" } : {}) });
  return useQuery({
    queryKey: [...KEY, deadOnly],
    queryFn: ({ signal }) => fetchJson<DeliveriesPage>(`/api/v1/deliveries?${search}`, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Sends a dead delivery again. */
export function useSendAgain() {
  const t = useTranslations("pipeline.deliveries");
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      fetchJson<Delivery>(`/api/v1/deliveries/${id}/send-again`, { method: "POST" }),
    onError: (error) => notifications.show({ color: "red", title: t("againFailed"), message: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
