"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { LastPage as Page } from "#server/contracts/api/audience.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { plainLine } from "../ui/plain-text.ts";
import { useAge } from "../ui/use-age.ts";
import { useNow } from "../ui/use-now.ts";
import { usePageType } from "../ui/use-page-type.ts";
import styles from "./case.module.css";
import { caseKey } from "./use-case.ts";

const AGE_TICK_MS = 30_000;

/** The customer's last page and how long ago that was, where it is known (rule P6). Its line is there from the beginning. */
export function LastPage({ caseId }: { readonly caseId: string }) {
  const t = useTranslations("retention");
  const age = useAge();
  const pageType = usePageType();
  const now = useNow(AGE_TICK_MS);
  const { data } = useQuery({
    queryKey: [...caseKey(caseId), "last-page"],
    queryFn: ({ signal }) => fetchJson<Page>(`/api/v1/retention/cases/${caseId}/last-page`, { signal }),
  });
  const isKnown = data?.status === "PRESENT" && data.eventTime !== null && now !== null;
  return (
    <p className={styles.quiet}>
      {isKnown
        ? t("lastPage", {
            page: plainLine(data.pageName, data.pageType === null ? null : pageType(data.pageType)),
            age: age(Math.max(0, now - Date.parse(data.eventTime ?? "")) / 1000),
          })
        : "\u00a0"}
    </p>
  );
}
