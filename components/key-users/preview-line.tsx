"use client";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { PreviewRow } from "#server/contracts/api/import-preview.ts";
import { plainText } from "../ui/plain-text.ts";
import { useMinute } from "../ui/use-minute.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./import-groups.module.css";

export interface PreviewLineProps {
  readonly row: PreviewRow;
  /** Whether the customer comes onto the list: then there is no before. */
  readonly isNew: boolean;
}

/** One line of the file: what stands, and what it would become. */
export function PreviewLine({ row, isNew }: PreviewLineProps) {
  const t = useTranslations("keyUsers.row");
  const money = useMoney();
  const { premiumBefore, premiumAfter } = row;
  const amount = (value: string | null) => (value === null ? t("noCover") : money(value));
  const cover = (value: string | null) => plainText(value ?? t("noCover"));
  return (
    <tr>
      <td className={styles.line}>{row.line}</td>
      <td className={styles.customer}>{row.userId}</td>
      <td className={styles.amount}>
        <Change before={isNew ? null : amount(premiumBefore)} after={amount(premiumAfter)} />
      </td>
      <td className={styles.cover}>
        <Change before={isNew ? null : cover(row.infoBefore)} after={cover(row.infoAfter)} />
      </td>
      <td className={styles.notes}>
        <Since row={row} isNew={isNew} />
        <Segment row={row} isNew={isNew} />
        <Contact row={row} isNew={isNew} />
        <Kept row={row} />
        {row.openCaseId === null ? null : (
          <Link className={styles.case} href={`/retention/${row.openCaseId}`}>
            {t("toFollow")}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** before → after, marked where they differ. */
function Change({ before, after }: { readonly before: string | null; readonly after: string }) {
  if (before === null || before === after) return after;
  return (
    <>
      <del>{before}</del> <span aria-hidden="true">→</span> <ins>{after}</ins>
    </>
  );
}

/** From when the baseline holds, where nothing else of it changes. */
function Since({ row, isNew }: PreviewLineProps) {
  const t = useTranslations("keyUsers");
  const minute = useMinute();
  if (isNew || row.premiumBefore !== row.premiumAfter || row.asOfBefore === row.asOfAfter) return null;
  const words = (time: string | null) => (time === null ? t("row.always") : minute(time));
  return (
    <span>
      {t("importing.fields.baseline_as_of")}:{" "}
      <Change before={words(row.asOfBefore)} after={words(row.asOfAfter)} />
    </span>
  );
}

/** Into which segment a customer goes, where that changes. */
function Segment({ row: { segmentBefore, segmentAfter }, isNew }: PreviewLineProps) {
  const t = useTranslations("keyUsers");
  if (segmentBefore === segmentAfter) return null;
  const words = (segment: string | null) => plainText(segment ?? t("row.noCover"));
  return (
    <span>
      {t("importing.fields.segment")}:{" "}
      <Change before={isNew ? null : words(segmentBefore)} after={words(segmentAfter)} />
    </span>
  );
}

/** Names and telephones that are written, in masks: two of them may read the same. */
function Contact({ row, isNew }: PreviewLineProps) {
  const t = useTranslations("keyUsers");
  const words = (mask: string | null) => plainText(mask ?? t("row.noCover"));
  const masks = {
    customer_name: [row.customerNameBefore, row.customerNameAfter],
    customer_tel: [row.customerTelBefore, row.customerTelAfter],
  } as const;
  return row.contactMoves.map((column) => {
    const [before, after] = masks[column];
    return (
      <span key={column}>
        {t(`importing.fields.${column}`)}:{" "}
        {before === after ? (
          t("importing.otherValue", { mask: words(after) })
        ) : (
          <Change before={isNew ? null : words(before)} after={words(after)} />
        )}
      </span>
    );
  });
}

/** What was changed since the export, by whom, and what the file holds instead: what stands stays. */
function Kept({ row }: Pick<PreviewLineProps, "row">) {
  const t = useTranslations("keyUsers.importing");
  const stream = useTranslations("keyUsers.row")("stream");
  const inFile = useInFile();
  const { conflicts, updatedBy } = row;
  const who = updatedBy === "stream" || updatedBy === null ? stream : updatedBy;
  return conflicts.map((field) => {
    const value = inFile(row, field);
    return (
      <span key={field} className={styles.kept}>
        {t("conflict", { field: t(`fields.${field}`), who })}
        {value === null ? null : ` · ${t("inFile", { value })}`}
      </span>
    );
  });
}

/** What a line asks of one field; null: of that field nothing can be told but that it moved. */
function useInFile(): (row: PreviewRow, field: PreviewRow["conflicts"][number]) => string | null {
  const none = useTranslations("keyUsers.row")("noCover");
  const money = useMoney();
  const minute = useMinute();
  return (row, field) => {
    if (field === "raw_premium") return row.premiumInFile === null ? null : money(row.premiumInFile);
    if (field === "raw_info") return plainText(row.infoInFile ?? none);
    if (field === "segment") return plainText(row.segmentInFile ?? none);
    if (field === "customer_name") return plainText(row.customerNameInFile ?? none);
    if (field === "customer_tel") return plainText(row.customerTelInFile ?? none);
    if (field === "baseline_as_of") return row.asOfInFile === null ? null : minute(row.asOfInFile);
    return null;
  };
}
