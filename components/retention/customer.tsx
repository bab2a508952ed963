"use client";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import { plainText } from "../ui/plain-text.ts";
import styles from "./customer.module.css";

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
