"use client";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { dateOfHour } from "#server/contracts/business-time.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { useMoney } from "../ui/use-money.ts";
import { CausesList } from "./causes-list.tsx";
import list from "./drawer-list.module.css";
import { DrawerList } from "./drawer-list.tsx";
import styles from "./figures-table.module.css";
import { useWinners } from "./use-winners.ts";

interface WinnersDrawerProps {
  readonly bizHour: string;
  readonly onClose: () => void;
}

type View = "orders" | "causes";

/** The orders behind a bar, and why it stands where it stands. */
export function WinnersDrawer({ bizHour, onClose }: WinnersDrawerProps) {
  const t = useTranslations("orders.winners");
  const causes = useTranslations("orders.causes");
  const [view, setView] = useState<View>("orders");
  const hour = `${dateOfHour(bizHour)} ${bizHour.slice(8)}:00`;
  return (
    <SidePanel size="wide" title={t("title", { hour })} close={t("close")} onClose={onClose}>
      <SegmentedControl
        size="sm"
        className={list.switch ?? ""}
        aria-label={causes("view")}
        value={view}
        onChange={(value) => setView(value as View)}
        data={[
          { value: "orders", label: causes("orders") },
          { value: "causes", label: causes("causes") },
        ]}
      />
      {view === "orders" ? <Winners bizHour={bizHour} /> : <CausesList bizHour={bizHour} />}
    </SidePanel>
  );
}

function Winners({ bizHour }: { readonly bizHour: string }) {
  const t = useTranslations("orders.winners");
  const format = useFormatter();
  const money = useMoney();
  const query = useWinners(bizHour);
  return (
    <DrawerList
      query={query}
      lead={t("lead")}
      words={{ more: t("more"), empty: t("empty"), failed: t("failed"), retry: t("retry") }}
      head={[t("time"), t("user"), t("order"), t("name"), t("telephone"), t("payable")]}
      rowOf={(winner) => (
        <tr key={winner.userId}>
          <th scope="row">{format.dateTime(new Date(winner.at), CLOCK)}</th>
          <td data-label={t("user")}>{winner.userId}</td>
          <td data-label={t("order")}>
            {winner.orderNo}{" "}
            {winner.orderType ? <span className={styles.quiet}>{winner.orderType}</span> : null}
          </td>
          <td data-label={t("name")}>{winner.customerName ?? "–"}</td>
          <td data-label={t("telephone")}>{winner.customerTel ?? "–"}</td>
          <td className={styles.number} data-label={t("payable")}>
            {winner.payable === null ? "–" : money(winner.payable)}
          </td>
        </tr>
      )}
    />
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
