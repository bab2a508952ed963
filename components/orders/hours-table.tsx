"use client";
import { UnstyledButton } from "@mantine/core";
import { memo, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { isInView, TABLE_MEASURES } from "#server/contracts/hour-measures.ts";
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

/** The figures of a view, then the premium of the day compared with. */
function columnsOf(show: Show) {
  const compared = show === "gross" ? "grossPremium" : "totalPremium";
  return [
    ...TABLE_MEASURES.filter((name) => isInView(name, show)).map(
      (name) => ({ key: name, side: "now", name }) as const,
    ),
    { key: show === "gross" ? "grossBefore" : "before", side: "before", name: compared } as const,
  ];
}

/** The same figures as the chart, to be read rather than looked at. */
export const HoursTable = memo(function HoursTable({ rows, show, onOpen }: HoursTableProps) {
  const t = useTranslations("orders.table");
  const cell = useCell();
  const columns = useMemo(() => columnsOf(show), [show]);
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
              {columns.map(({ key, side, name }) => (
                <td key={key} className={styles.number} data-label={t(key)}>
                  <InPlace text={cell(row[side]?.[name])} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("total")}</th>
            {columns.map(({ key, side, name }) => (
              <td key={key} className={styles.number} data-label={t(key)}>
                <InPlace text={cell(totals[side][name])} />
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
