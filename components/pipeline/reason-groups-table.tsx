"use client";
import { Button, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { CountedGroup } from "#server/contracts/api/dead-letters.ts";
import { useMoment } from "../ui/use-moment.ts";
import table from "./dead-letter-table.module.css";
import styles from "./dead-letters.module.css";
import type { DeadLetterChoice } from "./prepare-dead-letters.ts";
import type { Bulk } from "./use-bulk.ts";
import { useReasonWords } from "./use-reason-words.ts";

interface ReasonGroupsTableProps {
  /** Most first. */
  readonly groups: readonly CountedGroup[];
  readonly choice: DeadLetterChoice;
  readonly canEdit: boolean;
  readonly onChoose: (group: CountedGroup) => void;
  readonly onBulk: (action: Bulk["action"], group: CountedGroup) => void;
}

const FIRST = 5;

/** What was refused for the same cause, most first: what is worth fixing first. */
export function ReasonGroupsTable({ groups, ...row }: ReasonGroupsTableProps) {
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
            <th scope="col">{t("groups")}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? groups : groups.slice(0, FIRST)).map((group) => (
            <ReasonGroupRow key={`${group.stream} ${group.code} ${group.field}`} group={group} {...row} />
          ))}
        </tbody>
      </table>
      {groups.length > FIRST ? (
        <Button variant="default" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t("fewerGroups") : t("moreGroups", { count: groups.length })}
        </Button>
      ) : null}
    </>
  );
}

function ReasonGroupRow({
  group,
  choice,
  canEdit,
  onChoose,
  onBulk,
}: Omit<ReasonGroupsTableProps, "groups"> & { readonly group: CountedGroup }) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const format = useFormatter();
  const moment = useMoment();
  const reason = useReasonWords()(group);
  const isChosen =
    choice.code === group.code && choice.field === (group.field ?? "") && choice.stream === group.stream;
  const count = format.number(group.count);
  return (
    <tr>
      <td data-label={t("count")} className={table.number}>
        {count}
      </td>
      <td data-label={t("stream")}>{streams(group.stream)}</td>
      <td data-label={t("last")}>{moment(group.lastAt)}</td>
      <td data-label={t("reason")}>
        <div className={styles.group}>
          <UnstyledButton
            className={styles.link}
            aria-pressed={isChosen}
            aria-label={t("showGroup", { stream: streams(group.stream), reason })}
            onClick={() => onChoose(group)}
          >
            {reason}
          </UnstyledButton>
          {canEdit && choice.state === "open" ? (
            <span className={styles.actions}>
              {(["replay", "discard"] as const).map((action) => (
                <Button
                  key={action}
                  variant="default"
                  aria-label={t(`bulk.${action}Of`, { count, reason })}
                  onClick={() => onBulk(action, group)}
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
