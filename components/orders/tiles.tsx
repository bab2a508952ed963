"use client";
import { UnstyledButton } from "@mantine/core";
import { memo, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Comparison, DayTotals, HourFigures } from "#server/contracts/api/orders.ts";
import type { Figure } from "#server/contracts/change.ts";
import { Glow } from "../ui/glow.tsx";
import { useMoney } from "../ui/use-money.ts";
import { minus, sumHours } from "./prepare-totals.ts";
import styles from "./tiles.module.css";
import { useChange } from "./use-change.ts";
import type { ComparedWords } from "./use-compared-words.ts";

interface TilesProps {
  readonly hours: readonly HourFigures[] | undefined;
  readonly compared: Comparison | undefined;
  readonly words: ComparedWords;
  readonly isToday: boolean;
  readonly stale: boolean;
  readonly onReplaced: () => void;
}

/** Totals of the day beside those that it is compared with, up to the same minute (rule O13): one figure before all others. */
export const Tiles = memo(function Tiles(props: TilesProps) {
  const { hours, compared, words, isToday, stale, onReplaced } = props;
  const t = useTranslations("orders.tiles");
  const now = useMemo(() => hours && sumHours(hours), [hours]);
  const then = compared?.totals ?? null;
  return (
    <section className={styles.tiles} aria-label={t("label")} data-stale={stale || undefined}>
      <Premium now={now} then={then} words={words} isToday={isToday} isRead={compared !== undefined} />
      <dl className={styles.others}>
        {/* Said with each figure as well, for who does not see the column's head. */}
        <div className={styles.against} aria-hidden="true">
          <dt>{words.until}</dt>
          <dd />
        </div>
        {OTHERS.map((name) => (
          <Other key={name} name={name} now={now?.[name]} then={then?.[name]} words={words} />
        ))}
      </dl>
      <div className={styles.replaced}>{now ? <ReplacedLink now={now} onOpen={onReplaced} /> : null}</div>
    </section>
  );
});

const OTHERS = ["policyCount", "policyHolderCount", "grossPremium"] as const;

interface PremiumProps {
  readonly now: DayTotals | undefined;
  readonly then: DayTotals | null;
  readonly words: ComparedWords;
  readonly isToday: boolean;
  /** The comparison has been read. */
  readonly isRead: boolean;
}

/** The figure of the board: premium of the users' last orders. */
function Premium({ now, then, words, isToday, isRead }: PremiumProps) {
  const t = useTranslations("orders.tiles");
  const money = useMoney();
  const change = useChange();
  const against = () => {
    if (!isRead) return "";
    if (!then || !now) return t("noComparison", { name: words.name });
    const { difference, percent } = change(now.totalPremium, then.totalPremium);
    return t("against", { name: words.until, before: money(then.totalPremium), difference, percent });
  };
  return (
    <div className={styles.premium}>
      <div className={styles.label}>
        {t(isToday ? "premiumToday" : "premiumDay")} <span className={styles.kind}>{t("lastOrders")}</span>
      </div>
      <div className={styles.figure}>
        {now ? (
          <Glow value={money(now.totalPremium)} />
        ) : (
          <span className={styles.skeleton} aria-hidden="true" />
        )}
      </div>
      <div className={styles.detail}>{now ? against() : null}</div>
    </div>
  );
}

interface OtherProps {
  readonly name: (typeof OTHERS)[number];
  /** undefined while it is being read. */
  readonly now: Figure | undefined;
  readonly then: Figure | undefined;
  readonly words: ComparedWords;
}

function Other({ name, now, then, words }: OtherProps) {
  const t = useTranslations("orders.tiles");
  const format = useFormatter();
  const money = useMoney();
  const change = useChange();
  const shown = (figure: Figure) => (typeof figure === "string" ? money(figure) : format.number(figure));
  const isCompared = now !== undefined && then !== undefined;
  return (
    <div className={styles.other}>
      <dt className={styles.name}>{t(name)}</dt>
      <dd className={styles.value}>
        {now === undefined ? (
          <span className={styles.short} aria-hidden="true" />
        ) : (
          <Glow value={shown(now)} />
        )}
      </dd>
      <dd className={styles.before}>
        {isCompared ? (
          <>
            <span className={styles.unseen}>{words.until}</span> {shown(then)}
          </>
        ) : null}
      </dd>
      <dd className={styles.change}>{isCompared ? change(now, then).percent : null}</dd>
    </div>
  );
}

function ReplacedLink({ now, onOpen }: { readonly now: DayTotals; readonly onOpen: () => void }) {
  const t = useTranslations("orders.tiles");
  const money = useMoney();
  const count = now.grossOrderCount - now.policyCount;
  const amount = minus(now.grossPremium, now.totalPremium);
  if (count === 0 && Number(amount) === 0) return t("nothingReplaced");
  return (
    <UnstyledButton className={styles.link} onClick={onOpen}>
      {t("replaced", { amount: money(amount), count })}
    </UnstyledButton>
  );
}
