"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import { plainText } from "../ui/plain-text.ts";

const COMMAND_LINE = /^cli:(.*)$/;

/** Words for when a key was made and by whom: a person, a user of the command line, or Tidewatch itself. */
export function useMaker(): (key: Pick<ApiKey, "createdAt" | "createdBy">) => string {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  return ({ createdAt, createdBy: { id, name } }) => {
    const when = format.dateTime(new Date(createdAt), { year: "numeric", month: "2-digit", day: "2-digit" });
    const user = COMMAND_LINE.exec(id)?.[1];
    if (user !== undefined) return t("madeByCommand", { when, user: plainText(user) });
    return id === "system"
      ? t("madeBySystem", { when })
      : t("madeBy", { when, who: plainText(name ?? t("somebody")) });
  };
}
