"use client";
import { memo, useCallback, useMemo } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import type { Hourly } from "#server/contracts/api/orders.ts";
import { addDays } from "#server/contracts/business-time.ts";
import { useIsStale } from "../live/use-is-stale.ts";
import { onDemand } from "../ui/on-demand.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { useCalm } from "../ui/use-calm.ts";
import { BoardTools } from "./board-tools.tsx";
import { HoursPanel } from "./hours-panel.tsx";
import { MovesPanel } from "./moves-panel.tsx";
import styles from "./orders-page.module.css";
import { prepareHours } from "./prepare-hours.ts";
import { Tiles } from "./tiles.tsx";
import { type BoardChoice, useBoardChoice } from "./use-board-choice.ts";
import { type BusinessClock, useBusinessClock } from "./use-business-clock.ts";
import { useComparison } from "./use-comparison.ts";
import { useHourly } from "./use-hourly.ts";

const DayDrawer = onDemand(() => import("./day-drawer.tsx").then((module) => module.DayDrawer));
const ReplacedDrawer = onDemand(() =>
  import("./replaced-drawer.tsx").then((module) => module.ReplacedDrawer),
);
const WinnersDrawer = onDemand(() => import("./winners-drawer.tsx").then((module) => module.WinnersDrawer));

/** Repaints of bars, hours and words: often enough to look alive, rarely enough to read, ms. The totals follow each patch. */
const REPAINT_MS = 250;
const WHOLE_DAY = 1440;

/** /orders: the operations board. */
export function OrdersPage() {
  const t = useTranslations("orders");
  const format = useFormatter();
  const clock = useBusinessClock(useTimeZone() ?? "Asia/Shanghai");
  const choice = useBoardChoice();
  const date = choice.date ?? clock.today;
  const { newest, board } = useBoard(date, clock, choice.date === null ? null : choice.revision);
  const completeTo = board.hourly?.completeTo;
  const known = completeTo ? t("completeTo", { time: format.dateTime(new Date(completeTo), CLOCK) }) : null;
  // How far the stream has come says nothing of a day that has passed.
  const freshness = date === clock.today ? known : undefined;
  const revision = board.hourly?.revision ?? 0;
  const tools = useMemo(
    () => <BoardTools date={date} clock={clock} choice={choice} revision={revision} />,
    [date, clock, choice, revision],
  );
  return (
    <PageFrame title={t("title")} freshness={freshness} tools={tools} ownDay>
      <div className={styles.board}>
        <Totals date={date} clock={clock} choice={choice} board={board} newest={newest} />
        <Hours date={date} clock={clock} choice={choice} board={board} />
      </div>
    </PageFrame>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

interface BoardProps {
  readonly date: string;
  readonly clock: BusinessClock;
  readonly choice: BoardChoice;
  readonly board: ReturnType<typeof useBoard>["board"];
}

function Totals({
  date,
  clock,
  choice,
  board,
  newest,
}: BoardProps & { readonly newest: Hourly | undefined }) {
  const isStale = useIsStale();
  const { choose } = choice;
  const onReplaced = useCallback(() => void choose({ replaced: true }), [choose]);
  const isToday = date === clock.today;
  return (
    <Tiles
      hours={newest?.hours}
      before={board.comparison}
      clock={isToday ? clock : null}
      stale={isStale && isToday}
      onReplaced={onReplaced}
    />
  );
}

/** Bars, moves, and what opens beside them. */
const Hours = memo(function Hours({ date, clock, choice, board }: BoardProps) {
  const isStale = useIsStale();
  const { hourly, rows } = board;
  const stale = isStale && date === clock.today;
  return (
    <>
      <div className={styles.columns}>
        <HoursPanel
          date={date}
          clock={clock}
          rows={rows}
          choice={choice}
          isEmpty={hourly?.hours.length === 0}
          failed={board.failed}
          stale={stale}
        />
        <MovesPanel revised={hourly?.hours} stale={stale} />
      </div>
      <Drawers date={date} choice={choice} hourly={hourly} />
    </>
  );
});

function Drawers({
  date,
  choice,
  hourly,
}: Pick<BoardProps, "date" | "choice"> & { readonly hourly: Hourly | undefined }) {
  const { choose } = choice;
  return (
    <>
      {choice.hour ? (
        <WinnersDrawer bizHour={choice.hour} onClose={() => void choose({ hour: null })} />
      ) : null}
      {choice.closed && hourly?.closed ? (
        <DayDrawer
          date={date}
          shown={hourly.revision}
          onShow={(revision) => void choose({ revision })}
          onClose={() => void choose({ closed: null })}
        />
      ) : null}
      {choice.replaced ? (
        <ReplacedDrawer date={date} onClose={() => void choose({ replaced: null })} />
      ) : null}
    </>
  );
}

/** The day's figures, as they come and at the rhythm of the eye, and those that they are compared with. */
function useBoard(date: string, clock: BusinessClock, revision: number | null) {
  const fresh = useHourly(date, revision);
  const calm = useCalm(fresh.data, REPAINT_MS);
  const isSame = calm?.date === date && calm.revision === fresh.data?.revision;
  const hourly = isSame ? calm : fresh.data;
  const comparison = useComparison(date, date === clock.today ? clock.minuteOfDay : WHOLE_DAY).data;
  const rows = useMemo(
    () => hourly && prepareHours(date, hourly.hours, comparison?.hours ?? [], clock.openHour),
    [date, hourly, comparison, clock.openHour],
  );
  const { data: newest, isError, refetch } = fresh;
  const failed = !hourly && isError;
  const board = useMemo(
    () => ({
      hourly,
      comparison: comparison?.with === addDays(date, -1) ? comparison : undefined,
      rows,
      failed: failed ? () => void refetch() : null,
    }),
    [date, hourly, comparison, rows, failed, refetch],
  );
  return { newest, board };
}
