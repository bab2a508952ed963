"use client";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { keyUserChange } from "../../server/contracts/api/key-users.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const answer = z.object({ items: z.array(keyUserChange) });

/** Who changed a row, when, from what to what; newest first. `version` makes a changed row's history be read anew. */
export function useHistory(userId: string, version: number) {
  return useQuery({
    queryKey: ["key-users", "history", userId, version],
    queryFn: ({ signal }) => fetchJson(`/api/v1/key-users/${userId}/history`, answer, { signal }),
  });
}
