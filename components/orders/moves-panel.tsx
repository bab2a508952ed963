"use client";
import { memo, useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { HourFigures, Move } from "#server/contracts/api/orders.ts";
import { InPlace } from "../ui/in-place.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useCalm } from "../ui/use-calm.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./moves-panel.module.css";
import { foldMoves, type MoveLine, netOf, shortOrder, shortUser } from "./prepare-moves.ts";
import { minus } from "./prepare-totals.ts";
import { useMoves } from "./use-moves.ts";

/** New lines come at most this often: a reader has to follow, ms. */
const REPAINT_MS = 1_000;
const SHOWN_LINES = 14;

interface MovesPanelProps {
  /** The day shown. */
  readonly date: string;
  readonly revised: readonly HourFigures[] | undefined;
  readonly stale: boolean;
}

/** The newest changes of the day shown, one a line; stands still under the pointer. */
export function MovesPanel({ date, revised, stale }: MovesPanelProps) {
  const t = useTranslations("orders.moves");
  const format = useFormatter();
  const { data, isError, refetch } = useMoves(date);
  const [held, setHeld] = useState<typeof data>(undefined);
  const shown = useCalm(held ?? data, REPAINT_MS);
  const lines = useMemo(() => shown && foldMoves(shown.items, shown.cuts ?? NO_CUTS), [shown]);
  return (
    <section
      className={styles.panel}
      aria-label={t("title")}
      data-stale={stale || undefined}
      onPointerEnter={() => setHeld(shown)}
      onPointerLeave={() => setHeld(undefined)}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>
          {t("title")} <small className={styles.times}>{t("times")}</small>
        </h2>
        <span className={styles.rate}>
          {shown ? <InPlace text={t("rate", { rate: format.number(shown.perSecond, RATE) })} /> : null}
        </span>
      </header>
      <div className={styles.body}>
        {lines ? <MoveList lines={lines} /> : null}
        {!shown && isError ? (
          <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
        ) : null}
      </div>
      <RevisedHours hours={revised} />
    </section>
  );
}

const NO_CUTS: ReadonlySet<string> = new Set();
const RATE = { maximumFractionDigits: 1 } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

const MoveList = memo(function MoveList({ lines }: { readonly lines: readonly MoveLine[] }) {
  const t = useTranslations("orders.moves");
  if (lines.length === 0) return <p className={styles.empty}>{t("empty")}</p>;
  return (
    <ol className={styles.list}>
      {lines.slice(0, SHOWN_LINES).map((line, slot) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is a slot of the screen; what it says changes in place
        <Line key={slot} line={line} />
      ))}
    </ol>
  );
});

/** What a line says: what, its amount, and below both what is behind them. */
interface Words {
  readonly at: string;
  readonly what: string;
  /** null: not known. */
  readonly amount: string | null;
  readonly text: string;
  readonly amounts: string;
}

function Line({ line }: { readonly line: MoveLine }) {
  const format = useFormatter();
  const ofMove = useMoveWords();
  const ofOrders = useOrdersWords();
  const words = line.kind === "move" ? ofMove(line.move) : ofOrders(line);
  return (
    <li className={styles.line} data-kind={line.kind}>
      <time className={styles.time} dateTime={words.at}>
        {format.dateTime(new Date(words.at), CLOCK)}
      </time>
      <span className={styles.what}>
        <InPlace text={words.what} />
      </span>
      <span className={styles.amount}>
        <InPlace text={words.amount ?? "–"} />
      </span>
      <span className={styles.text}>
        <InPlace text={words.text} />
      </span>
      <span className={styles.amounts}>
        <InPlace text={words.amounts} />
      </span>
    </li>
  );
}

/** "23 new orders · +9,431.00" */
function useOrdersWords(): (line: Extract<MoveLine, { kind: "orders" }>) => Words {
  const t = useTranslations("orders.moves");
  const money = useMoney();
  return ({ at, count, amount, isMore }) => ({
    at,
    what: t(isMore ? "moreOrders" : "newOrders", { count }),
    amount: isMore ? null : money(amount, "always"),
    text: "",
    amounts: "",
  });
}

function useMoveWords(): (move: Move) => Words {
  const t = useTranslations("orders.moves");
  const money = useMoney();
  return (move) => {
    const { payable, before } = move;
    const out = before?.payable ? money(minus("0.00", before.payable), "always") : "";
    const joins = payable === null ? t("noAmount") : money(payable, "always");
    return {
      at: move.at,
      ...saidOf(move, t),
      amount: payable === null && !before ? null : money(netOf(move), "always"),
      amounts: before ? `${out} ${joins}`.trim() : "",
    };
  };
}

type Translate = ReturnType<typeof useTranslations<"orders.moves">>;

function saidOf(move: Move, t: Translate): Pick<Words, "what" | "text"> {
  const { kind, before } = move;
  const user = shortUser(move.userId);
  const order = shortOrder(move.orderNo);
  const hour = move.bizHour.slice(8);
  const replaced = t("replacedText", { before: shortOrder(before?.orderNo ?? ""), order });
  switch (kind) {
    case "moved":
      return { what: t("moved", { user, from: before?.bizHour.slice(8) ?? "", to: hour }), text: replaced };
    case "amended":
      return before?.orderNo === move.orderNo
        ? { what: t("amended", { order, hour }), text: t("amendedText", { user }) }
        : { what: t("replaced", { user, hour }), text: replaced };
    case "late":
      return { what: t("late", { hour }), text: t("lateText", { user, order }) };
    case "new":
      return { what: t("newOrders", { count: 1 }), text: t("lateText", { user, order }) };
  }
}

/** Hours of the shown day that late orders have changed. */
function RevisedHours({ hours }: { readonly hours: readonly HourFigures[] | undefined }) {
  const t = useTranslations("orders.moves");
  const revised = (hours ?? []).filter((hour) => hour.revisedByLate).map((hour) => hour.bizHour.slice(8));
  if (revised.length === 0) return null;
  return (
    <footer className={styles.revised}>
      <strong>{t("revisedTitle", { count: revised.length, hours: revised.join(", ") })}</strong>
      <span>{t("revisedText")}</span>
    </footer>
  );
}
