"use client";
import { useTranslations } from "use-intl";
import { CommandLine } from "../ui/command-line.tsx";
import { useOrigin } from "../ui/use-origin.ts";
import styles from "./empty-day.module.css";

/** A day without orders; today, what to do about it. */
export function EmptyDay({ isToday }: { readonly isToday: boolean }) {
  const t = useTranslations("orders.hours");
  const origin = useOrigin();
  return (
    <div className={styles.empty}>
      <p>{t("empty")}</p>
      {isToday ? (
        <>
          <p>{t("emptyHint")}</p>
          <CommandLine command={sendOrder(origin)} copy={t("copy")} copied={t("copied")} />
        </>
      ) : null}
    </div>
  );
}

const sendOrder = (origin: string): string =>
  `curl -X POST ${origin}/ingest/orders \\
  -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/x-ndjson" \\
  -d "{\\"id\\":\\"100200\\",\\"order_no\\":\\"P1\\",\\"gmt_modified\\":$(date +%s)000,\\"account_payble\\":\\"120.00\\"}"`;
