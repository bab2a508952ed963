"use client";
import { useFormatter, useTranslations } from "use-intl";
import { Glow } from "../ui/glow.tsx";
import styles from "./disposition-bar.module.css";
import type { StreamRow } from "./prepare-streams.ts";

/** Where a stream's events ended: parts that add up to what was received (docs/rules.md#dispositions), and the sum itself. */
export function DispositionBar({ row }: { readonly row: StreamRow }) {
  const t = useTranslations("pipeline.streams");
  const names = useTranslations("pipeline.dispositions");
  const format = useFormatter();
  const received = row.status?.received ?? 0;
  const numbers = { sum: format.number(row.sum), received: format.number(received) };
  return (
    <div>
      <div className={styles.bar} data-figure aria-hidden="true">
        {row.segments.map(({ disposition, share }) => (
          <span key={disposition} className={styles[disposition]} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {row.segments.map(({ disposition, count }) => (
          <li key={disposition}>
            <span className={`${styles.mark} ${styles[disposition]}`} data-figure aria-hidden="true" />
            {names(disposition)}{" "}
            <strong>
              <Glow value={format.number(count)} />
            </strong>
          </li>
        ))}
        <li className={row.addsUp ? styles.sum : styles.wrong}>
          {row.addsUp ? t("received", numbers) : `■ ${t("mismatch", numbers)}`}
        </li>
        {row.status && row.status.deadLetters.open < row.status.dispositions.rejected ? (
          <li>{t("dealtWith", row.status.deadLetters)}</li>
        ) : null}
        {row.status && row.status.unknownFields > 0 ? (
          <li>{t("unknownFields", { count: row.status.unknownFields })}</li>
        ) : null}
      </ul>
    </div>
  );
}
