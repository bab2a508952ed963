"use client";
import { useTranslations } from "use-intl";
import type { AuditActor } from "#server/contracts/api/audit.ts";
import { shortenedId } from "./shortened-id.ts";

/** Who acted, as the audit log names them: by name, or by what acted in their stead. */
export function useActorWords(): (actor: AuditActor) => string {
  const t = useTranslations("audit.kinds");
  return ({ id, name, kind }) => {
    if (name !== null) return name;
    if (kind === "command") return t("command", { user: id.slice("cli:".length) });
    if (kind === "system" || kind === "anonymous") return t(kind);
    return t("gone", { id: shortenedId(id) });
  };
}
