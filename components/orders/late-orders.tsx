"use client";
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { LateEffect } from "#server/contracts/api/days.ts";
import { useCan } from "../shell/session.tsx";
import { isPruned } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useMoney } from "../ui/use-money.ts";
import list from "./drawer-list.module.css";
import styles from "./figures-table.module.css";
import late from "./late-orders.module.css";
import { useApplyLate, useLateEffect } from "./use-day.ts";

interface LateOrdersProps {
  readonly date: string;
  readonly revision: number;
  readonly count: number;
}

/** Orders that came after the day had closed: what they would change, and taking them in. */
export function LateOrders({ date, revision, count }: LateOrdersProps) {
  const t = useTranslations("orders.closed");
  const tOrders = useTranslations("orders");
  const effect = useLateEffect(date, count > 0);
  const canApply = useCan("orders.revise");
  return (
    <section className={late.section} aria-label={t("late")}>
      <h3 className={late.heading}>{t("late")}</h3>
      {count === 0 ? <p className={list.lead}>{t("noLate")}</p> : null}
      {isPruned(effect.error) ? <p className={list.lead}>{tOrders("pruned")}</p> : null}
      {count > 0 && effect.isError && !isPruned(effect.error) ? (
        <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void effect.refetch()} />
      ) : null}
      {count > 0 && effect.isPending ? (
        <p className={list.lead} role="status">
          {t("computing")}
        </p>
      ) : null}
      {count > 0 && effect.data ? <Effect effect={effect.data} /> : null}
      {count > 0 && canApply && !isPruned(effect.error) ? <Apply date={date} revision={revision} /> : null}
      {count > 0 && !canApply ? <p className={list.lead}>{t("administrators")}</p> : null}
    </section>
  );
}

const FIGURES = ["totalPremium", "policyCount", "policyHolderCount", "grossPremium"] as const;

function Effect({ effect }: { readonly effect: LateEffect }) {
  const t = useTranslations("orders.closed");
  const money = useMoney();
  const words = (value: string | number) => (typeof value === "string" ? money(value) : String(value));
  if (effect.hours.length === 0) {
    return <p className={list.lead}>{t("noEffect", { count: effect.lateEvents })}</p>;
  }
  return (
    <>
      <p className={list.lead}>{t("effect", { count: effect.lateEvents })}</p>
      <table className={`${styles.table} ${list.rows}`}>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            {FIGURES.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {effect.hours.map(({ bizHour, before, after }) => (
            <tr key={bizHour}>
              <th scope="row">{bizHour.slice(8)}:00</th>
              {FIGURES.map((name) => (
                <td key={name} className={styles.number} data-label={t(name)}>
                  {before[name] === after[name]
                    ? words(before[name])
                    : `${words(before[name])} → ${words(after[name])}`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Apply({ date, revision }: { readonly date: string; readonly revision: number }) {
  const t = useTranslations("orders.closed");
  const [reason, setReason] = useState("");
  const apply = useApplyLate(date);
  return (
    <form
      className={late.form}
      onSubmit={(event) => {
        event.preventDefault();
        apply.mutate({ revision, reason: reason.trim() });
      }}
    >
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        value={reason}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={apply.isPending} disabled={reason.trim() === ""}>
        {t("apply", { revision: revision + 1 })}
      </Button>
    </form>
  );
}
