"use client";
import { memo, useCallback, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Hourly } from "#server/contracts/api/orders.ts";
import type { ComparedWith } from "#server/contracts/compared-days.ts";
import { useIsStale } from "../live/use-is-stale.ts";
import { onDemand } from "../ui/on-demand.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import type { Address } from "./address.ts";
import { AddressNotice } from "./address-notice.tsx";
import { BoardTools } from "./board-tools.tsx";
import { HourPanel } from "./hour-panel.tsx";
import { HoursPanel } from "./hours-panel.tsx";
import { MovesPanel } from "./moves-panel.tsx";
import styles from "./orders-page.module.css";
import { Tiles } from "./tiles.tsx";
import { type Board, useBoard } from "./use-board.ts";
import { type BoardChoice, useAddress, useBoardChoice } from "./use-board-choice.ts";
import { type BusinessClock, clockText, useBusinessClock, useBusinessTime } from "./use-business-clock.ts";
import { type ComparedWords, useComparedWords } from "./use-compared-words.ts";
import { useDataAge } from "./use-data-age.ts";

const DayDrawer = onDemand(() => import("./day-drawer.tsx").then((module) => module.DayDrawer));
const ReplacedDrawer = onDemand(() =>
  import("./replaced-drawer.tsx").then((module) => module.ReplacedDrawer),
);

interface OrdersPageProps {
  /** What this browser compared with last. */
  readonly remembered: ComparedWith;
  /** The first business date with orders; null: there is none yet. */
  readonly firstDay: string | null;
}

/** /orders: the operations board. */
export function OrdersPage({ remembered, firstDay }: OrdersPageProps) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const time = useBusinessTime();
  const clock = useBusinessClock(time);
  const choice = useBoardChoice();
  const asked = useAddress(choice, { today: clock.today, firstDay, remembered });
  const { address, newest, board } = useBoard(asked, clock);
  const isToday = address.date === clock.today;
  const words = useComparedWords({
    date: address.date,
    isToday,
    compared: address.compared,
    count: board.compared?.days.length,
    minute: isToday ? clockText(clock) : null,
  });
  const dataAge = useDataAge(board.hourly, clock, time);
  const completeTo = dataAge.newestAt === null ? null : board.hourly?.completeTo;
  const known = completeTo ? t("completeTo", { time: format.dateTime(new Date(completeTo), CLOCK) }) : null;
  const { choose } = choice;
  const revision = board.hourly?.revision ?? 0;
  const tools = useMemo(
    () => (
      <BoardTools
        address={address}
        today={clock.today}
        firstDay={firstDay}
        choose={choose}
        revision={revision}
      />
    ),
    [address, clock.today, firstDay, choose, revision],
  );
  return (
    // How far the stream has come says nothing of a day that has passed.
    <PageFrame
      title={t("title")}
      freshness={isToday ? known : undefined}
      data={isToday && board.hourly ? dataAge : undefined}
      tools={tools}
      ownDay
      grows
    >
      <div className={styles.board}>
        <AddressNotice
          mended={address.mended}
          date={address.date}
          onBack={() => void choose({ date: null, with: null, hour: null, revision: null })}
        />
        <Totals words={words} isToday={isToday} choose={choose} board={board} newest={newest} />
        <Hours address={address} words={words} clock={clock} choice={choice} board={board} />
      </div>
    </PageFrame>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

interface TotalsProps {
  readonly words: ComparedWords;
  readonly isToday: boolean;
  readonly choose: BoardChoice["choose"];
  readonly board: Board;
  readonly newest: Hourly | undefined;
}

function Totals({ words, isToday, choose, board, newest }: TotalsProps) {
  const isStale = useIsStale();
  const onReplaced = useCallback(() => void choose({ replaced: true }), [choose]);
  return (
    <Tiles
      hours={newest?.hours}
      compared={board.compared}
      words={words}
      isToday={isToday}
      stale={isStale && isToday}
      onReplaced={onReplaced}
    />
  );
}

interface HoursProps {
  readonly address: Address;
  readonly words: ComparedWords;
  readonly clock: BusinessClock;
  readonly choice: BoardChoice;
  readonly board: Board;
}

/** Bars, moves, and what opens beside them. */
const Hours = memo(function Hours({ address, words, clock, choice, board }: HoursProps) {
  const isStale = useIsStale();
  const { hourly } = board;
  const stale = isStale && address.date === clock.today;
  const row = board.rows?.find(({ bizHour }) => bizHour === address.hour);
  return (
    <>
      <div className={styles.columns}>
        <HoursPanel
          address={address}
          words={words}
          clock={clock}
          choice={choice}
          board={board}
          stale={stale}
        />
        <div className={styles.beside}>
          {row ? <HourPanel row={row} words={words} stale={stale} choose={choice.choose} /> : null}
          <MovesPanel date={address.date} revised={hourly?.hours} stale={stale} />
        </div>
      </div>
      <Drawers address={address} choice={choice} hourly={hourly} />
    </>
  );
});

interface DrawersProps {
  readonly address: Address;
  readonly choice: BoardChoice;
  readonly hourly: Hourly | undefined;
}

function Drawers({ address, choice, hourly }: DrawersProps) {
  const { choose } = choice;
  return (
    <>
      {choice.closed && hourly?.closed ? (
        <DayDrawer
          date={address.date}
          shown={hourly.revision}
          onShow={(revision) => void choose({ revision: revision === null ? null : String(revision) })}
          onClose={() => void choose({ closed: null })}
        />
      ) : null}
      {choice.replaced ? (
        <ReplacedDrawer date={address.date} onClose={() => void choose({ replaced: null })} />
      ) : null}
    </>
  );
}
