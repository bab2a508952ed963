"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { Replaced, ReplacedOrder } from "#server/contracts/api/orders.ts";
import { plainText } from "../ui/plain-text.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { useMoney } from "../ui/use-money.ts";
import { DrawerList } from "./drawer-list.tsx";
import styles from "./figures-table.module.css";
import { useReplaced } from "./use-replaced.ts";

interface ReplacedDrawerProps {
  readonly date: string;
  readonly onClose: () => void;
}

/** What makes the difference between gross and last-order premium of a day. */
export function ReplacedDrawer({ date, onClose }: ReplacedDrawerProps) {
  const t = useTranslations("orders.replaced");
  const query = useReplaced(date);
  return (
    <SidePanel size="wide" title={t("title", { date })} close={t("close")} onClose={onClose}>
      <DrawerList
        query={query}
        lead={<Lead sums={query.data?.pages[0]} />}
        words={{ more: t("more"), empty: t("empty"), failed: t("failed"), retry: t("retry") }}
        head={[t("time"), t("user"), t("order"), t("by"), t("payable")]}
        rowOf={(order) => <OrderLine key={`${order.orderNo} ${order.userId}`} order={order} />}
      />
    </SidePanel>
  );
}

function Lead({ sums }: { readonly sums: Replaced | undefined }) {
  const t = useTranslations("orders.replaced");
  const money = useMoney();
  const words = ({ count, premium }: Replaced["inGrossOnly"]) => ({ count, premium: money(premium) });
  return (
    <>
      {t("lead")}
      {sums ? <strong> {t("sum", words(sums.inGrossOnly))}</strong> : null}
      {sums && sums.inLastOnly.count > 0 ? <strong> · {t("sumLast", words(sums.inLastOnly))}</strong> : null}
    </>
  );
}

function OrderLine({ order }: { readonly order: ReplacedOrder }) {
  const t = useTranslations("orders.replaced");
  const format = useFormatter();
  const money = useMoney();
  const clock = (instant: string) => format.dateTime(new Date(instant), CLOCK);
  const { replacedBy: by } = order;
  const amount = (payable: string | null) => (payable === null ? "–" : money(payable));
  return (
    <tr>
      <th scope="row">{clock(order.at)}</th>
      <td data-label={t("user")}>{order.userId}</td>
      <td data-label={t("order")}>{plainText(order.orderNo)}</td>
      <td data-label={t("by")}>
        {by && order.countedIn === "gross"
          ? t("byText", { order: plainText(by.orderNo), amount: amount(by.payable), time: clock(by.at) })
          : t("inLast", { user: by?.userId ?? "–" })}
      </td>
      <td className={styles.number} data-label={t("payable")}>
        {amount(order.payable)}
      </td>
    </tr>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
