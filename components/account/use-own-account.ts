"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { OwnAccount } from "#server/contracts/api/me.ts";
import type { ToldChoices } from "#server/contracts/told.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PATH = "/api/v1/me";
const KEY = ["own-account"] as const;

/** The signed-in person's own account. */
export const useOwnAccount = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchJson<OwnAccount>(PATH, { signal }) });

/** Reads it anew. */
export function useRereadAccount(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: KEY }), [client]);
}

/** All of them throw ProblemError. */
export const rename = (name: string) => fetchJson<object>(PATH, { method: "PATCH", body: { name } });
export const chooseTold = (told: ToldChoices) => fetchJson<object>(PATH, { method: "PATCH", body: { told } });
export const endSession = (id: string) =>
  fetchJson<{ readonly sessions: number }>(`${PATH}/sessions/${encodeURIComponent(id)}`, {
    method: "DELETE",
  });
export const endOthers = () =>
  fetchJson<{ readonly sessions: number }>(`${PATH}/sessions`, { method: "DELETE" });
export const changePassword = (body: { readonly currentPassword: string; readonly newPassword: string }) =>
  fetchJson<object>("/api/auth/change-password", { method: "POST", body });
