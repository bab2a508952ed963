"use client";
import type { AudienceNow } from "#server/contracts/api/audience.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";

/** Where people are now: a snapshot, then patches of the topic `audience`, each the newest state as a whole. */
export function useAudienceNow() {
  return useLiveQuery({
    topic: "audience",
    queryKey: ["audience", "now"],
    queryFn: (signal) => fetchJson<AudienceNow>("/api/v1/audience/now", { signal }),
    apply: (now, body) => ({ ...now, ...body }),
  });
}
