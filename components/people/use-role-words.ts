"use client";
import { useTranslations } from "use-intl";

/** A role in words; one that has none is called as the server calls it. */
export function useRoleWords(): (role: string | null) => string {
  const t = useTranslations("shell.roles");
  return (role) => {
    if (role === null) return "—";
    const key = role as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : role;
  };
}
