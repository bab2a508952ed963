"use client";
import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { memo } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { Glow } from "../ui/glow.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMinute } from "../ui/use-minute.ts";
import { useMoney } from "../ui/use-money.ts";
import { EditableCell } from "./editable-cell.tsx";
import styles from "./list.module.css";

export interface ListRowProps {
  readonly user: KeyUser;
  readonly canWrite: boolean;
  readonly onHistory: (userId: string) => void;
}

/** One customer: baseline and cover can be edited where they stand. */
export const ListRow = memo(function ListRow({ user, canWrite, onHistory }: ListRowProps) {
  const t = useTranslations("keyUsers.row");
  const money = useMoney();
  const minute = useMinute();
  const cover = plainText(user.rawInfo ?? t("noCover"));
  const segment = plainText(user.segment ?? t("noCover"));
  const name = plainText(user.customerName ?? t("noCover"));
  const telephone = user.customerTel ?? t("noCover");
  const mayEdit = canWrite && user.removedAt === null;
  return (
    <>
      <td className={styles.customer}>{user.userId}</td>
      <td className={styles.baseline}>
        <EditableCell
          user={user}
          field="rawPremium"
          shown={money(user.rawPremium)}
          label={t("editBaseline", { user: user.userId })}
          mayEdit={mayEdit}
        >
          <Glow value={money(user.rawPremium)} />
        </EditableCell>
      </td>
      <td className={styles.cover}>
        <EditableCell
          user={user}
          field="rawInfo"
          shown={cover}
          label={t("editCover", { user: user.userId })}
          mayEdit={mayEdit}
        >
          {cover}
        </EditableCell>
      </td>
      <td className={styles.segment}>
        <EditableCell
          user={user}
          field="segment"
          shown={segment}
          label={t("editSegment", { user: user.userId })}
          mayEdit={mayEdit}
        >
          {segment}
        </EditableCell>
      </td>
      <td className={styles.contact}>
        <EditableCell
          user={user}
          field="customerName"
          shown={name}
          label={t("editName", { user: user.userId })}
          mayEdit={mayEdit}
        >
          <span>{name}</span>
        </EditableCell>{" "}
        <EditableCell
          user={user}
          field="customerTel"
          shown={telephone}
          label={t("editTelephone", { user: user.userId })}
          mayEdit={mayEdit}
        >
          <span>{telephone}</span>
        </EditableCell>
      </td>
      <td className={styles.baselineSince}>
        {user.baselineAsOf === null ? t("always") : minute(user.baselineAsOf)}
      </td>
      <td className={styles.lastChange}>
        <span>{user.updatedBy === "stream" ? t("stream") : user.updatedBy}</span>{" "}
        <time dateTime={user.updatedAt}>{minute(user.updatedAt)}</time>
      </td>
      <td className={styles.state}>
        <State user={user} />
      </td>
      <td className={styles.history}>
        <UnstyledButton
          className={styles.historyButton}
          aria-label={t("historyOf", { user: user.userId })}
          onClick={() => onHistory(user.userId)}
        >
          {t("history")} ›
        </UnstyledButton>
      </td>
    </>
  );
});

/** Only what asks for action, or for notice. */
function State({ user }: { readonly user: KeyUser }) {
  const t = useTranslations("keyUsers.row");
  if (user.removedAt !== null) return <span className={styles.removed}>{t("removed")}</span>;
  if (user.openCaseId === null) return null;
  return (
    <Link className={styles.toFollow} href={`/retention/${user.openCaseId}`}>
      {t("toFollow")}
    </Link>
  );
}
