"use client";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import styles from "./import-panel.module.css";
import { groupRejects } from "./prepare-rejects.ts";
import type { ImportPreview } from "./use-import.ts";
import { useReasonWords } from "./use-reason-words.ts";
import { useRefusedFile } from "./use-refused-file.ts";

/** Refused lines by their reason, and the file to correct them in. */
export function ImportReasons({ shown }: { readonly shown: ImportPreview }) {
  const t = useTranslations("keyUsers.importing");
  const words = useReasonWords();
  const file = useRefusedFile();
  const { refused = 0, rejected = [] } = shown.result ?? {};
  const groups = groupRejects(rejected);
  const unlisted = refused - rejected.length;
  return (
    <>
      <ul className={styles.reasons}>
        {groups.map((group) => (
          <li key={`${group.code} ${group.field}`}>
            <span className={styles.lines}>{t("ranges", { count: group.count, ranges: group.ranges })}</span>
            <span>{words(group)}</span>
            <span className={styles.lines}>{t("rows", { count: group.count })}</span>
          </li>
        ))}
        {unlisted > 0 ? (
          <li>
            <span>{t("unlisted", { listed: rejected.length })}</span>
            <span className={styles.lines}>{t("rows", { count: unlisted })}</span>
          </li>
        ) : null}
      </ul>
      <Button
        variant="default"
        className={styles.download}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        loading={file.isPending}
        onClick={() => file.mutate(shown)}
      >
        {t("refusedFile")}
      </Button>
    </>
  );
}
