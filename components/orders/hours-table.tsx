"use client";
import { UnstyledButton } from "@mantine/core";
import { memo, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { ComparedHour, Comparison, HourFigures } from "#server/contracts/api/orders.ts";
import type { Figure } from "#server/contracts/change.ts";
import { isInView, sumShown, TABLE_MEASURES, type TableMeasure } from "#server/contracts/hour-measures.ts";
import { InPlace } from "../ui/in-place.tsx";
import { useMoney } from "../ui/use-money.ts";
import styles from "./figures-table.module.css";
import type { HourRow, Show } from "./prepare-hours.ts";
import { type ChangeWords, useChange } from "./use-change.ts";
import type { ComparedWords } from "./use-compared-words.ts";

interface HoursTableProps {
  readonly rows: readonly HourRow[];
  readonly compared: Comparison | undefined;
  readonly show: Show;
  readonly words: ComparedWords;
  /** The day runs: what it is compared with has whole hours besides. */
  readonly isToday: boolean;
  readonly onOpen: (bizHour: string) => void;
}

/** What a line of the table says: an hour, or the sums of the day. */
interface Line {
  readonly now: Pick<HourFigures, TableMeasure> | null;
  readonly until: Pick<ComparedHour, TableMeasure> | null;
  readonly whole: Pick<ComparedHour, TableMeasure> | null;
}

interface Column {
  readonly key: string;
  readonly head: string;
  readonly cell: (line: Line) => string;
}

/** The same figures as the chart, to be read rather than looked at. */
export const HoursTable = memo(function HoursTable(props: HoursTableProps) {
  const { rows, compared, onOpen } = props;
  const t = useTranslations("orders.table");
  const columns = useColumns(props);
  const totals = useMemo((): Line => {
    const known = rows.flatMap((row) => row.now ?? []);
    return {
      now: known.length === 0 ? null : sumShown(known),
      until: compared?.totals ?? null,
      whole: compared?.wholeTotals ?? null,
    };
  }, [rows, compared]);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            {columns.map(({ key, head }) => (
              <th key={key} scope="col" className={styles.number}>
                {head}
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
              <Cells columns={columns} line={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("total")}</th>
            <Cells columns={columns} line={totals} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
});

function Cells({ columns, line }: { readonly columns: readonly Column[]; readonly line: Line }) {
  return columns.map(({ key, head, cell }) => (
    <td key={key} className={styles.number} data-label={head}>
      <InPlace text={cell(line)} />
    </td>
  ));
}

/** The figures of the view; then of its premium what it is compared with at the same minute (rule O13), difference and percent. */
function useColumns({ show, words, isToday }: HoursTableProps): Column[] {
  const t = useTranslations("orders.table");
  const figure = useFigure();
  const change = useChange();
  return useMemo(() => {
    const premium = show === "gross" ? "grossPremium" : "totalPremium";
    const changed = (part: keyof ChangeWords) => (line: Line) =>
      line.now && line.until ? change(line.now[premium], line.until[premium])[part] : "–";
    const name = t(show === "gross" ? "grossOf" : "premiumOf", { name: words.until });
    return [
      ...TABLE_MEASURES.filter((measure) => isInView(measure, show)).map((measure) => ({
        key: measure,
        head: t(measure),
        cell: (line: Line) => figure(line.now?.[measure]),
      })),
      { key: "until", head: name, cell: (line) => figure(line.until?.[premium]) },
      { key: "difference", head: t("difference"), cell: changed("difference") },
      { key: "percent", head: t("percent"), cell: changed("percent") },
      ...(isToday
        ? [
            {
              key: "whole",
              head: t("wholeHours", { name: words.name }),
              cell: (line: Line) => figure(line.whole?.[premium]),
            },
          ]
        : []),
    ];
  }, [t, figure, change, show, words, isToday]);
}

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
function useFigure() {
  const format = useFormatter();
  const money = useMoney();
  return useMemo(
    () =>
      (value: Figure | undefined): string => {
        if (value === undefined) return "–";
        return typeof value === "string" ? money(value) : format.number(value);
      },
    [format, money],
  );
}
