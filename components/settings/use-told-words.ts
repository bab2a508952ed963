"use client";
import { useTranslations } from "use-intl";
import type { Proposal } from "#server/contracts/api/proposals.ts";
import { plainText } from "../ui/plain-text.ts";
import { useValueWords } from "./use-value-words.ts";

/** What an act would do, or did, in one sentence. */
export function useToldWords(): (proposal: Pick<Proposal, "act" | "told">) => string {
  const t = useTranslations("settings.proposals");
  const roleWords = useTranslations("shell.roles");
  const valueWords = useValueWords();
  const role = (name: unknown) => {
    const known = String(name) as Parameters<typeof roleWords.has>[0];
    return roleWords.has(known) ? roleWords(known) : String(name ?? "–");
  };
  return ({ act, told }) => {
    const text = (name: string) => plainText(String(told[name] ?? ""));
    const count = (name: string) => Number(told[name] ?? 0);
    switch (act) {
      case "thresholds":
        return t("what.thresholds", {
          stepBefore: text("stepBefore"),
          stepAfter: text("stepAfter"),
          cumulativeBefore: text("cumulativeBefore"),
          cumulativeAfter: text("cumulativeAfter"),
        });
      case "list":
        return t("what.list", {
          file: text("file") || t("aFile"),
          added: count("added"),
          changed: count("changed"),
          unchanged: count("unchanged"),
          rejected: count("rejected"),
        });
      case "roles":
        return t("what.roles", { name: text("name"), before: role(told.before), after: role(told.after) });
      case "settings": {
        const value = told.FOUR_EYES === null ? null : String(told.FOUR_EYES);
        return t("what.settings", { after: valueWords({ name: "FOUR_EYES", value, origin: "settings" }) });
      }
    }
  };
}
