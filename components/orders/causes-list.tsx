"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { HourCauseItem } from "#server/contracts/api/orders.ts";
import { useMoney } from "../ui/use-money.ts";
import { DrawerList } from "./drawer-list.tsx";
import styles from "./figures-table.module.css";
import { useCauses } from "./use-causes.ts";

/** Why an hour stands where it stands: what joined it and what left it (rule O8). */
export function CausesList({ bizHour }: { readonly bizHour: string }) {
  const t = useTranslations("orders.causes");
  const format = useFormatter();
  const money = useMoney();
  const query = useCauses(bizHour);
  const time = (at: string) => format.dateTime(new Date(at), CLOCK);
  const amount = (payable: string | null) => (payable === null ? "–" : money(payable));
  const otherOf = ({ kind, other }: HourCauseItem) => {
    if (!other) return t("first");
    const values = { order: other.orderNo, amount: amount(other.payable), time: time(other.at) };
    return t(kind === "left" ? "replacedBy" : "replaces", values);
  };
  return (
    <DrawerList
      query={query}
      lead={t("lead")}
      words={{ more: t("more"), empty: t("empty"), failed: t("failed"), retry: t("retry") }}
      head={[t("kind"), t("time"), t("user"), t("order"), t("other"), t("payable")]}
      rowOf={(cause) => (
        <tr key={cause.seq}>
          <th scope="row">{t(cause.kind)}</th>
          <td data-label={t("time")}>{time(cause.at)}</td>
          <td data-label={t("user")}>{cause.userId}</td>
          <td data-label={t("order")}>{cause.orderNo}</td>
          <td data-label={t("other")}>{otherOf(cause)}</td>
          <td className={styles.number} data-label={t("payable")}>
            {cause.kind === "left" ? "−" : "+"}
            {amount(cause.payable)}
          </td>
        </tr>
      )}
    />
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
