"use client";
import { useQuery } from "@tanstack/react-query";
import type { KeyUserChange } from "#server/contracts/api/key-users.ts";
import { fetchJson } from "../ui/fetch-json.ts";

/** Who changed a row, when, from what to what; newest first. `version` makes a changed row's history be read anew. */
export function useHistory(userId: string, version: number) {
  return useQuery({
    queryKey: ["key-users", "history", userId, version],
    queryFn: ({ signal }) =>
      fetchJson<{ readonly items: KeyUserChange[] }>(`/api/v1/key-users/${userId}/history`, { signal }),
  });
}
