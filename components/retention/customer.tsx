"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import { plainText } from "../ui/plain-text.ts";
import styles from "./customer.module.css";

/** The same in words: "王* ·3310". */
export function useCustomerWords(): (of: Pick<CaseSummary, "customerName" | "userId">) => string {
  const t = useTranslations("retention");
  return useCallback(
    ({ customerName, userId }) =>
      customerName ? `${plainText(customerName)} ·${userId.slice(-4)}` : t("user", { id: userId }),
    [t],
  );
}

/** Masked name and the end of the user id: enough to talk about, not to identify. */
export function Customer({ of }: { readonly of: Pick<CaseSummary, "customerName" | "userId"> }) {
  const tail = of.userId.slice(-4);
  return (
    <span className={styles.customer}>
      {of.customerName ? <strong>{plainText(of.customerName)}</strong> : null}
      <span className={styles.id}>{of.customerName ? `·${tail}` : of.userId}</span>
    </span>
  );
}
