"use client";
import { UnstyledButton } from "@mantine/core";
import { memo, type ReactNode, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Comparison, DayTotals, HourFigures } from "#server/contracts/api/orders.ts";
import { Glow } from "../ui/glow.tsx";
import { MINUS } from "../ui/minus.ts";
import { useMoney } from "../ui/use-money.ts";
import { type Change, changeOf, fenOf, minus, sumHours } from "./prepare-totals.ts";
import styles from "./tiles.module.css";
import type { BusinessClock } from "./use-business-clock.ts";

interface TilesProps {
  readonly hours: readonly HourFigures[] | undefined;
  readonly before: Comparison | undefined;
  /** null: a past day, compared as a whole. */
  readonly clock: BusinessClock | null;
  readonly stale: boolean;
  readonly onReplaced: () => void;
}

/** Totals of the day beside those of the day before at the same minute. */
export const Tiles = memo(function Tiles({ hours, before, clock, stale, onReplaced }: TilesProps) {
  const t = useTranslations("orders.tiles");
  const format = useFormatter();
  const money = useMoney();
  const now = useMemo(() => hours && sumHours(hours), [hours]);
  const then = before?.totals ?? null;
  const count = (pick: (totals: DayTotals) => number) => (
    <Against
      now={now && BigInt(pick(now))}
      before={then && BigInt(pick(then))}
      words={then && format.number(pick(then))}
    />
  );
  return (
    <section className={styles.tiles} aria-label={t("label")} data-stale={stale || undefined}>
      <Tile label={t(clock ? "premiumToday" : "premiumDay")} figure={now && money(now.totalPremium)}>
        <Against
          now={now && fenOf(now.totalPremium)}
          before={then && fenOf(then.totalPremium)}
          words={then && money(then.totalPremium)}
        />
      </Tile>
      <Tile label={t("policies")} figure={now && format.number(now.policyCount)}>
        {count((totals) => totals.policyCount)}
      </Tile>
      <Tile label={t("holders")} figure={now && format.number(now.policyHolderCount)}>
        {count((totals) => totals.policyHolderCount)}
      </Tile>
      <Tile label={t("gross")} figure={now && money(now.grossPremium)}>
        {now ? <ReplacedLink now={now} onOpen={onReplaced} /> : null}
      </Tile>
      <AgainstTile now={now} then={then} clock={clock} />
    </section>
  );
});

/** The day's premium less that of the day before at the same minute. */
function AgainstTile(props: {
  readonly now: DayTotals | undefined;
  readonly then: DayTotals | null;
  readonly clock: BusinessClock | null;
}) {
  const { now, then, clock } = props;
  const t = useTranslations("orders.tiles");
  const money = useMoney();
  const label = clock ? t("againstToday", { time: clockText(clock) }) : t("againstDay");
  const change = now && then ? changeOf(fenOf(now.totalPremium), fenOf(then.totalPremium)) : null;
  const figure = change
    ? change.percent === null
      ? "–"
      : `${SIGN[change.direction]}${change.percent} %`
    : "–";
  return (
    <Tile label={label} figure={now && figure}>
      {now && then
        ? t("difference", { amount: money(minus(now.totalPremium, then.totalPremium), "always") })
        : t("noComparison")}
    </Tile>
  );
}

/** "14:23" of a minute of the day. */
export const clockText = ({ openHour, minuteOfHour }: BusinessClock): string =>
  `${openHour.slice(8)}:${String(minuteOfHour).padStart(2, "0")}`;

const SIGN: Readonly<Record<Change["direction"], string>> = { up: "+", down: MINUS, same: "" };
const ARROW: Readonly<Record<Change["direction"], string>> = { up: "▲", down: "▼", same: "=" };

interface TileProps {
  readonly label: string;
  /** undefined while it is being read. */
  readonly figure: string | undefined;
  readonly children: ReactNode;
}

function Tile({ label, figure, children }: TileProps) {
  return (
    <div className={styles.tile}>
      <div className={styles.label}>{label}</div>
      <div className={styles.figure}>
        {figure === undefined ? (
          <span className={styles.skeleton} aria-hidden="true" />
        ) : (
          <Glow value={figure} />
        )}
      </div>
      <div className={styles.detail}>{figure === undefined ? null : children}</div>
    </div>
  );
}

interface AgainstProps {
  readonly now: bigint | undefined;
  readonly before: bigint | null;
  readonly words: string | null;
}

function Against({ now, before, words }: AgainstProps) {
  const t = useTranslations("orders.tiles");
  if (now === undefined || before === null || words === null) return t("noComparison");
  const { direction, percent } = changeOf(now, before);
  return (
    <>
      <span className={styles.change} data-direction={direction}>
        {ARROW[direction]} {percent === null ? "–" : `${percent} %`}
      </span>
      <span className={styles.versus} key={percent?.length ?? 0}>
        {t("versus", { before: words })}
      </span>
    </>
  );
}

function ReplacedLink({ now, onOpen }: { readonly now: DayTotals; readonly onOpen: () => void }) {
  const t = useTranslations("orders.tiles");
  const money = useMoney();
  const count = now.grossOrderCount - now.policyCount;
  const amount = minus(now.grossPremium, now.totalPremium);
  if (count === 0 && fenOf(amount) === 0n) return t("nothingReplaced");
  return (
    <UnstyledButton className={styles.link} onClick={onOpen}>
      {t("replaced", { amount: money(amount), count })}
    </UnstyledButton>
  );
}
