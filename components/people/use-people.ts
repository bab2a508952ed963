"use client";
import { useQuery } from "@tanstack/react-query";
import type { People, PersonSessions } from "#server/contracts/api/people.ts";
import { fetchJson } from "../ui/fetch-json.ts";

export const PEOPLE_KEY = ["people"] as const;
/** No topic tells of people: what others do is seen within this time, ms. */
const REFRESH_MS = 15_000;

/** Everybody, and what each role may. */
export function usePeople() {
  return useQuery({
    queryKey: [...PEOPLE_KEY, "all"],
    queryFn: ({ signal }) => fetchJson<People>("/api/v1/people", { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Sessions of one person. */
export function usePersonSessions(id: string) {
  return useQuery({
    queryKey: [...PEOPLE_KEY, "sessions", id],
    queryFn: ({ signal }) =>
      fetchJson<PersonSessions>(`/api/v1/people/${encodeURIComponent(id)}/sessions`, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
