"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { Figure } from "#server/contracts/change.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./hours-charts.module.css";
import type { HourRow } from "./prepare-hours.ts";
import { useChange } from "./use-change.ts";
import type { ComparedWords } from "./use-compared-words.ts";

/** What one chart says of its lit column. */
export interface Lit {
  /** "76,404.50 at 08" */
  readonly now: string;
  /** "yesterday 71,900.00, +6.3 %" */
  readonly before: string;
}

type Named = "totalPremium" | "grossPremium" | "policyCount" | "policyHolderCount";

/** The lit hour's figure and what it is compared with, the running hour up to its minute: never part against whole (rule O13). */
export function useLitWords(row: HourRow | null, name: Named, words: ComparedWords): Lit | null {
  const t = useTranslations("orders.lit");
  const format = useFormatter();
  const money = useMoney();
  const change = useChange();
  if (!row) return null;
  const shown = (figure: Figure) => (typeof figure === "string" ? money(figure) : format.number(figure));
  const now = row.now?.[name];
  const until = row.until?.[name];
  const whole = row.whole?.[name];
  const before = () => {
    if (row.isAhead)
      return whole === undefined ? "" : t("before", { name: words.name, before: shown(whole) });
    if (until === undefined) return t(words.isRead ? "nothing" : "notRead", { name: words.name });
    const of = { name: row.isPartial ? words.until : words.name, before: shown(until) };
    return now === undefined ? t("before", of) : t("compared", { ...of, ...change(now, until) });
  };
  return {
    now:
      now === undefined
        ? t(row.isAhead ? "ahead" : "none", { hour: row.clock })
        : t("at", { figure: shown(now), hour: row.clock }),
    before: before(),
  };
}

/** Keeps its line whether a column is lit or not: nothing moves. */
export function LitWords({ words }: { readonly words: Lit | null }) {
  return (
    <p className={styles.lit}>
      {words ? (
        <>
          <strong>{words.now}</strong>
          {words.before ? ` · ${words.before}` : null}
        </>
      ) : null}
    </p>
  );
}
