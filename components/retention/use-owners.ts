"use client";
import { useQuery } from "@tanstack/react-query";
import type { Owners } from "#server/contracts/api/retention.ts";
import { fetchJson } from "../ui/fetch-json.ts";

/** People who may have cases, by name. */
export function useOwners() {
  return useQuery({
    queryKey: ["people", "owners"],
    queryFn: ({ signal }) => fetchJson<Owners>("/api/v1/retention/owners", { signal }),
    select: ({ items }) => items,
  });
}
