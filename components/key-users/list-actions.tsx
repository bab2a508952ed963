"use client";
import { Button, FileButton } from "@mantine/core";
import { IconAdjustments, IconHistory } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../shell/session.tsx";
import styles from "./list-actions.module.css";
import { searchOf } from "./prepare-list.ts";
import { useListChoice } from "./use-list-choice.ts";

export interface ListActionsProps {
  readonly canWrite: boolean;
  readonly isChecking: boolean;
  readonly onFile: (file: File) => void;
  readonly onAdd: () => void;
  readonly onRules: () => void;
  readonly onLog: () => void;
}

/** Export for everybody who may read, with names for who may that; import and add for who may write. */
export function ListActions({ canWrite, isChecking, onFile, onAdd, onRules, onLog }: ListActionsProps) {
  const t = useTranslations("keyUsers");
  const [choice] = useListChoice();
  const canExportPersonal = useCan("personal.export");
  const canSeeRules = useCan("alert-rules.read");
  // The same file chosen again, after it was corrected, is a new try.
  const reset = useRef<() => void>(null);
  const take = (file: File | null) => {
    if (file) onFile(file);
    reset.current?.();
  };
  return (
    <div className={styles.actions}>
      {canSeeRules ? (
        <Button
          variant="default"
          px="xs"
          aria-label={t("rules.open")}
          title={t("rules.open")}
          onClick={onRules}
        >
          <IconAdjustments size={18} aria-hidden="true" />
        </Button>
      ) : null}
      <Button variant="default" px="xs" aria-label={t("log.open")} title={t("log.open")} onClick={onLog}>
        <IconHistory size={18} aria-hidden="true" />
      </Button>
      <Button variant="default" component="a" href={`/api/v1/key-users/export?${searchOf(choice)}`} download>
        {t("export")}
      </Button>
      {canExportPersonal ? (
        <Button
          variant="default"
          component="a"
          href={`/api/v1/key-users/personal-export?${searchOf(choice)}`}
          download
        >
          {t("exportPersonal")}
        </Button>
      ) : null}
      {canWrite ? (
        <>
          <FileButton
            accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
            resetRef={reset}
            onChange={take}
          >
            {(props) => (
              <Button variant="default" loading={isChecking} {...props}>
                {t("import")}
              </Button>
            )}
          </FileButton>
          <Button onClick={onAdd}>{t("add")}</Button>
        </>
      ) : null}
    </div>
  );
}
