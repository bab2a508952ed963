"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { HourChange, HourChanges } from "#server/contracts/api/orders.ts";
import { isPruned } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./inspector.module.css";
import { shortOrder, shortUser } from "./prepare-moves.ts";
import { minus } from "./prepare-totals.ts";
import { useHourChanges } from "./use-hour-changes.ts";

/** What has changed an hour since it was over: one sentence, then each change, its amount first. */
export function HourChangesList({
  bizHour,
  premium,
}: {
  readonly bizHour: string;
  readonly premium: string;
}) {
  const t = useTranslations("orders.inspector");
  const tOrders = useTranslations("orders");
  const { data, error, isError, refetch } = useHourChanges(bizHour, premium);
  if (isPruned(error)) return <p className={styles.words}>{tOrders("pruned")}</p>;
  if (!data && isError) {
    return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />;
  }
  if (!data) return <div className={styles.skeleton} aria-hidden="true" />;
  return (
    <>
      <Sentence changes={data} />
      <ol className={styles.list}>
        {data.items.map((change) => (
          <Change key={`${change.seq} ${change.kind}`} change={change} />
        ))}
      </ol>
      <footer className={styles.foot}>
        {data.items.length === 0 ? null : <span>{t("times")}</span>}
        {data.isCut ? <span>{t("cut", { count: data.items.length })}</span> : null}
        <a className={styles.link} href={`/api/v1/orders/hours/${bizHour}/changes.csv`} download>
          {t("csv")}
        </a>
      </footer>
    </>
  );
}

/** "08:00 fell by 2,522.00: 7 moved out, 1 amended" */
function Sentence({ changes }: { readonly changes: HourChanges }) {
  const t = useTranslations("orders.inspector");
  const format = useFormatter();
  const money = useMoney();
  const hour = `${changes.bizHour.slice(8)}:00`;
  const { before, now, counts, isOver, items } = changes;
  const parts = (["left", "joined", "amended"] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`counts.${kind}`, { count: counts[kind] }));
  const what = format.list(parts);
  const by = before === null ? null : minus(now, before);
  const sentence = () => {
    if (items.length === 0) return t(isOver ? "unchanged" : "quiet", { hour });
    if (!isOver) return t("running", { hour, what });
    if (by === null) return t("changed", { hour, what });
    if (Number(by) === 0) return t("same", { hour, what });
    return t(by.startsWith("-") ? "fell" : "rose", { hour, what, amount: money(by.replace("-", "")) });
  };
  return (
    <p className={styles.words} aria-live="polite">
      <strong>{sentence()}</strong>
      {before !== null && isOver && items.length > 0 ? (
        <span>{t("beforeNow", { before: money(before), now: money(now) })}</span>
      ) : null}
    </p>
  );
}

function Change({ change }: { readonly change: HourChange }) {
  const t = useTranslations("orders.inspector");
  const format = useFormatter();
  const money = useMoney();
  const { kind, userId, orderNo, other, acceptedAt, at } = change;
  const said = () => {
    const values = {
      user: shortUser(userId),
      order: shortOrder(orderNo),
      hour: other?.bizHour.slice(8) ?? "",
    };
    if (kind === "left") return t("left", values);
    if (kind === "joined") return t(other ? "movedIn" : "joined", values);
    return t(other?.orderNo === orderNo ? "amended" : "replaced", values);
  };
  return (
    <li className={styles.change}>
      <span className={styles.amount}>{money(change.amount, "always")}</span>
      <span className={styles.said}>
        {said()}
        <span className={styles.detail}>
          {plainText(kind === "left" && other ? `${orderNo} → ${other.orderNo}` : orderNo)}
        </span>
      </span>
      <time className={styles.time} dateTime={acceptedAt ?? at}>
        {format.dateTime(new Date(acceptedAt ?? at), CLOCK)}
      </time>
    </li>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
