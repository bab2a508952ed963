"use client";
import { UnstyledButton } from "@mantine/core";
import { memo, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { HourFigures } from "#server/contracts/api/orders.ts";
import { InPlace } from "../ui/in-place.tsx";
import { useMoney } from "../ui/use-money.ts";
import styles from "./figures-table.module.css";
import type { HourRow, Show } from "./prepare-hours.ts";
import { sumHours } from "./prepare-totals.ts";

interface HoursTableProps {
  readonly rows: readonly HourRow[];
  readonly show: Show;
  readonly onOpen: (bizHour: string) => void;
}

type Figures = Omit<HourFigures, "bizHour" | "partial" | "revisedByLate">;

interface Column {
  readonly key: "premium" | "gross" | "policies" | "holders" | "before" | "grossBefore";
  readonly value: (now: Figures | null, before: Figures | null) => string | number | undefined;
}

const COLUMNS: readonly Column[] = [
  { key: "premium", value: (now) => now?.totalPremium },
  { key: "gross", value: (now) => now?.grossPremium },
  { key: "policies", value: (now) => now?.policyCount },
  { key: "holders", value: (now) => now?.policyHolderCount },
  { key: "before", value: (_now, before) => before?.totalPremium },
  { key: "grossBefore", value: (_now, before) => before?.grossPremium },
];
const HIDDEN: Readonly<Record<Show, ReadonlySet<string>>> = {
  last: new Set(["gross", "grossBefore"]),
  gross: new Set(["premium", "before"]),
  both: new Set(["grossBefore"]),
};

/** The same figures as the chart, to be read rather than looked at. */
export const HoursTable = memo(function HoursTable({ rows, show, onOpen }: HoursTableProps) {
  const t = useTranslations("orders.table");
  const cell = useCell();
  const columns = COLUMNS.filter(({ key }) => !HIDDEN[show].has(key));
  const totals = useMemo(() => {
    const of = (side: "now" | "before") => sumHours(rows.flatMap((row) => row[side] ?? []));
    return { now: of("now"), before: of("before") };
  }, [rows]);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            {columns.map(({ key }) => (
              <th key={key} scope="col" className={styles.number}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.bizHour} data-open={row.isPartial || undefined}>
              <th scope="row">
                <HourCell row={row} onOpen={onOpen} />
              </th>
              {columns.map(({ key, value }) => (
                <td key={key} className={styles.number} data-label={t(key)}>
                  <InPlace text={cell(value(row.now, row.before))} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("total")}</th>
            {columns.map(({ key, value }) => (
              <td key={key} className={styles.number} data-label={t(key)}>
                <InPlace text={cell(value(totals.now, totals.before))} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
});

function HourCell({ row, onOpen }: { readonly row: HourRow; readonly onOpen: (bizHour: string) => void }) {
  const t = useTranslations("orders.table");
  const hour = `${row.clock}:00`;
  const marks = [row.isPartial ? t("partial") : null, row.now?.revisedByLate ? `▲ ${t("revised")}` : null];
  return (
    <>
      <UnstyledButton
        className={styles.link}
        aria-label={t("open", { hour })}
        onClick={() => onOpen(row.bizHour)}
      >
        {hour}
      </UnstyledButton>
      <span className={styles.mark}>{marks.filter(Boolean).join(" · ")}</span>
    </>
  );
}

/** Amounts come as text, counts as numbers; a gap stays a gap. */
function useCell() {
  const format = useFormatter();
  const money = useMoney();
  return (value: string | number | undefined): string => {
    if (value === undefined) return "–";
    return typeof value === "string" ? money(value) : format.number(value);
  };
}
