"use client";
import { UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { DeadLetter } from "#server/contracts/api/dead-letters.ts";
import { useMoment } from "../ui/use-moment.ts";
import styles from "./dead-letter-table.module.css";
import deadLetters from "./dead-letters.module.css";
import { useReasonWords } from "./use-reason-words.ts";

interface DeadLetterTableProps {
  readonly items: readonly DeadLetter[];
  readonly onOpen: (id: string) => void;
}

/** Refused lines, newest first; on a narrow screen each row is a card. */
export function DeadLetterTable({ items, onOpen }: DeadLetterTableProps) {
  const t = useTranslations("pipeline.deadLetters");
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("receivedAt")}</th>
          <th scope="col">{t("stream")}</th>
          <th scope="col">{t("code")}</th>
          <th scope="col">{t("field")}</th>
          <th scope="col" className={styles.number}>
            {t("line")}
          </th>
          <th scope="col">{t("became")}</th>
          <th scope="col">{t("reason")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <DeadLetterRow key={item.id} item={item} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function DeadLetterRow({
  item,
  onOpen,
}: Pick<DeadLetterTableProps, "onOpen"> & { readonly item: DeadLetter }) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const format = useFormatter();
  const moment = useMoment();
  const reasonOf = useReasonWords();
  const became = useBecame();
  const when = moment(item.receivedAt);
  return (
    <tr>
      <td data-label={t("receivedAt")}>
        <UnstyledButton
          className={deadLetters.link}
          data-dead-letter={item.id}
          aria-label={t("open", { when })}
          onClick={() => onOpen(item.id)}
        >
          {when}
        </UnstyledButton>
      </td>
      <td data-label={t("stream")}>{streams(item.stream)}</td>
      <td data-label={t("code")}>
        <code>{item.code}</code>
      </td>
      <td data-label={t("field")}>{item.field === null ? "—" : <code>{item.field}</code>}</td>
      <td data-label={t("line")} className={styles.number}>
        {format.number(item.line)}
      </td>
      <td data-label={t("became")}>{became(item)}</td>
      <td data-label={t("reason")}>{reasonOf(item)}</td>
    </tr>
  );
}

/** What became of a dead letter, in words. */
export function useBecame(): (item: DeadLetter) => string {
  const t = useTranslations("pipeline.deadLetters");
  const moment = useMoment();
  return ({ state, attempts, settledAt, settledBy }) => {
    if (state === "open") return attempts === 0 ? t("waits") : t("refusedAgain", { count: attempts });
    const told = { who: settledBy ?? "—", when: settledAt === null ? "—" : moment(settledAt) };
    return t(state === "replayed" ? "replayedBy" : "discardedBy", told);
  };
}
