"use client";
import { useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AudienceNow } from "#server/contracts/api/audience.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { Glow } from "../ui/glow.tsx";
import { withMinus } from "../ui/minus.ts";
import { usePageType } from "../ui/use-page-type.ts";
import { prepareTypes, type TypeBar, typeKey } from "./prepare-types.ts";
import styles from "./type-bars.module.css";

/** One bar a page type, in an order that stays while the figures move. */
export function TypeBars({ now }: { readonly now: AudienceNow }) {
  const shown = useRef<readonly string[]>([]);
  const bars = prepareTypes(now, shown.current);
  shown.current = bars.map((bar) => typeKey(bar.pageType));
  return (
    <ul className={styles.bars}>
      {bars.map((bar) => (
        <Bar key={typeKey(bar.pageType)} bar={bar} />
      ))}
    </ul>
  );
}

function Bar({ bar }: { readonly bar: TypeBar }) {
  const t = useTranslations("audience.now");
  const format = useFormatter();
  const pageType = usePageType();
  const name = bar.pageType === null ? t("unnamedType") : pageType(bar.pageType);
  return (
    <li className={styles.row}>
      <span className={styles.name}>{name}</span>
      <span className={styles.track}>
        <span className={styles.bar} data-figure style={{ transform: `scaleX(${bar.share})` }} />
      </span>
      <span className={styles.count}>
        <Glow value={format.number(bar.accounts)} />
      </span>
      <Sparkline values={bar.series} label={t("movementOf", { pageType: name })} />
      <Change change={bar.change} />
    </li>
  );
}

function Change({ change }: { readonly change: number | null }) {
  const format = useFormatter();
  if (change === null) return <span className={styles.change} aria-hidden="true" />;
  return (
    <span className={styles.change}>{withMinus(format.number(change, { signDisplay: "exceptZero" }))}</span>
  );
}
