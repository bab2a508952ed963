"use client";
import { Button, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { DeadLetterReason } from "#server/contracts/api/dead-letters.ts";
import { useMoment } from "../ui/use-moment.ts";
import table from "./dead-letter-table.module.css";
import styles from "./dead-letters.module.css";
import type { LetterChoice } from "./prepare-dead-letters.ts";
import type { Bulk } from "./use-bulk.ts";
import { useReasonWords } from "./use-reason-words.ts";

interface KindsTableProps {
  /** Most first. */
  readonly kinds: readonly DeadLetterReason[];
  readonly choice: LetterChoice;
  readonly canMend: boolean;
  readonly onChoose: (kind: DeadLetterReason) => void;
  readonly onBulk: (action: Bulk["action"], kind: DeadLetterReason) => void;
}

const FIRST = 5;

/** What was refused for the same cause, most first: what is worth mending first. */
export function KindsTable({ kinds, ...row }: KindsTableProps) {
  const t = useTranslations("pipeline.deadLetters");
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={table.number}>
              {t("count")}
            </th>
            <th scope="col">{t("stream")}</th>
            <th scope="col">{t("last")}</th>
            <th scope="col">{t("kinds")}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? kinds : kinds.slice(0, FIRST)).map((kind) => (
            <KindRow key={`${kind.stream} ${kind.code} ${kind.field}`} kind={kind} {...row} />
          ))}
        </tbody>
      </table>
      {kinds.length > FIRST ? (
        <Button variant="default" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t("fewerKinds") : t("moreKinds", { count: kinds.length })}
        </Button>
      ) : null}
    </>
  );
}

function KindRow({
  kind,
  choice,
  canMend,
  onChoose,
  onBulk,
}: Omit<KindsTableProps, "kinds"> & { readonly kind: DeadLetterReason }) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const format = useFormatter();
  const moment = useMoment();
  const reason = useReasonWords()(kind);
  const isChosen =
    choice.code === kind.code && choice.field === (kind.field ?? "") && choice.stream === kind.stream;
  const count = format.number(kind.count);
  return (
    <tr>
      <td data-label={t("count")} className={table.number}>
        {count}
      </td>
      <td data-label={t("stream")}>{streams(kind.stream)}</td>
      <td data-label={t("last")}>{moment(kind.lastAt)}</td>
      <td data-label={t("reason")}>
        <div className={styles.kind}>
          <UnstyledButton
            className={styles.link}
            aria-pressed={isChosen}
            aria-label={t("kindOf", { stream: streams(kind.stream), reason })}
            onClick={() => onChoose(kind)}
          >
            {reason}
          </UnstyledButton>
          {canMend && choice.state === "open" ? (
            <span className={styles.actions}>
              {(["replay", "discard"] as const).map((action) => (
                <Button
                  key={action}
                  variant="default"
                  aria-label={t(`bulk.${action}Of`, { count, reason })}
                  onClick={() => onBulk(action, kind)}
                >
                  {t(`bulk.${action}`)}
                </Button>
              ))}
            </span>
          ) : null}
        </div>
      </td>
    </tr>
  );
}
