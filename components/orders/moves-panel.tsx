"use client";
import { memo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { HourFigures, Move } from "#server/contracts/api/orders.ts";
import { InPlace } from "../ui/in-place.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useCalm } from "../ui/use-calm.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./moves-panel.module.css";
import { shortOrder, shortUser } from "./prepare-moves.ts";
import { useMoves } from "./use-moves.ts";

/** New lines come at most this often: a reader has to follow, ms. */
const REPAINT_MS = 1_000;

interface MovesPanelProps {
  /** Hours of the shown day. */
  readonly revised: readonly HourFigures[] | undefined;
  readonly stale: boolean;
}

/** The newest changes, one a line; stands still under the pointer. */
export function MovesPanel({ revised, stale }: MovesPanelProps) {
  const t = useTranslations("orders.moves");
  const format = useFormatter();
  const { data, isError, refetch } = useMoves();
  const [held, setHeld] = useState<typeof data>(undefined);
  const shown = useCalm(held ?? data, REPAINT_MS);
  return (
    <section
      className={styles.panel}
      aria-label={t("title")}
      data-stale={stale || undefined}
      onPointerEnter={() => setHeld(shown)}
      onPointerLeave={() => setHeld(undefined)}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{t("title")}</h2>
        <span className={styles.rate}>
          {shown ? <InPlace text={t("rate", { rate: format.number(shown.perSecond, RATE) })} /> : null}
        </span>
      </header>
      <div className={styles.body}>
        {shown ? <MoveList items={shown.items} /> : null}
        {!shown && isError ? (
          <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
        ) : null}
      </div>
      <RevisedHours hours={revised} />
    </section>
  );
}

const MoveList = memo(function MoveList({ items }: { readonly items: readonly Move[] }) {
  const t = useTranslations("orders.moves");
  if (items.length === 0) return <p className={styles.empty}>{t("empty")}</p>;
  return (
    <ol className={styles.list}>
      {items.map((move, slot) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is a place on the screen; what it says changes in place
        <MoveLine key={slot} move={move} />
      ))}
    </ol>
  );
});

function MoveLine({ move }: { readonly move: Move }) {
  const format = useFormatter();
  const words = useMoveWords(move);
  return (
    <li className={styles.line}>
      <span className={styles.what}>{words.what}</span>
      <time className={styles.time} dateTime={move.at}>
        {format.dateTime(new Date(move.at), CLOCK)}
      </time>
      <span className={styles.text} title={move.orderNo}>
        {words.text}
      </span>
      <MoveAmounts move={move} />
    </li>
  );
}

const RATE = { maximumFractionDigits: 1 } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

function useMoveWords(move: Move): { what: string; text: string } {
  const t = useTranslations("orders.moves");
  const user = shortUser(move.userId);
  const order = shortOrder(move.orderNo);
  const hour = move.bizHour.slice(8);
  switch (move.kind) {
    case "moved": {
      const from = move.before?.bizHour.slice(8) ?? "";
      const before = shortOrder(move.before?.orderNo ?? "");
      return { what: t("moved", { user, from, to: hour }), text: t("movedText", { before, order }) };
    }
    case "new":
      return { what: t("new"), text: t("newText", { user }) };
    case "late":
      return { what: t("late"), text: t("lateText", { hour, order }) };
    case "amended":
      return { what: t("amended"), text: t("amendedText", { user, order }) };
  }
}

function MoveAmounts({ move }: { readonly move: Move }) {
  const t = useTranslations("orders.moves");
  const money = useMoney();
  const before = move.before?.payable;
  return (
    <span className={styles.amounts} key={before ? "replaced" : "new"}>
      {before ? <span className={styles.out}>−{money(before)}</span> : null}
      {move.payable === null ? (
        <span className={styles.none}>{t("noAmount")}</span>
      ) : (
        <span className={styles.in}>+{money(move.payable)}</span>
      )}
    </span>
  );
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
