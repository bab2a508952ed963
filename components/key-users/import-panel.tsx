"use client";
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import { useIsGuarded } from "../shell/use-four-eyes.ts";
import { Panel } from "../ui/panel.tsx";
import { ImportAffected } from "./import-affected.tsx";
import { ImportBlanks } from "./import-blanks.tsx";
import { ImportCounts } from "./import-counts.tsx";
import { ImportFault } from "./import-fault.tsx";
import { ImportGroups } from "./import-groups.tsx";
import { ImportLog } from "./import-log.tsx";
import styles from "./import-panel.module.css";
import { ImportReading } from "./import-reading.tsx";
import type { Importing, ImportPreview } from "./use-import.ts";

export interface ImportPanelProps {
  readonly importing: Importing;
  readonly shown: ImportPreview;
}

/** What an import of the chosen file would do, how the file was read, and the choice to do it. */
export function ImportPanel({ importing, shown }: ImportPanelProps) {
  const t = useTranslations("keyUsers.importing");
  const { file, result, fault } = shown;
  useEffect(() => {
    void file; // another one: its preview begins at the top of the page, wherever one had read to
    window.scrollTo({ top: 0 });
  }, [file]);
  return (
    <Panel
      title={t("title")}
      note={result ? t("lines", { file: file.name, count: result.lines }) : file.name}
      actions={<Choices importing={importing} result={result} />}
      className={styles.panel}
    >
      <div
        className={styles.parts}
        aria-busy={importing.isChecking}
        data-stale={importing.isChecking || undefined}
      >
        <div className={styles.told}>
          {shown.isRenewed ? (
            <p className={styles.warning} role="alert">
              {t("renewed")}
            </p>
          ) : null}
          {fault ? <ImportFault fault={fault} /> : null}
          {result ? <Told importing={importing} shown={shown} result={result} /> : null}
        </div>
        <div className={styles.choosing}>
          <ImportReading importing={importing} shown={shown} />
          {result ? (
            <ImportBlanks importing={importing} blank={shown.choices.blank} blanks={result.blanks} />
          ) : null}
          <ImportAffected shown={shown} />
          <section className={styles.part}>
            <h3>{t("log")}</h3>
            <ImportLog limit={4} />
          </section>
        </div>
      </div>
    </Panel>
  );
}

function Told({ importing, shown, result }: ImportPanelProps & { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  const isNothing = result.added + result.changed + result.refused + result.conflicting === 0;
  return (
    <>
      <ImportCounts result={result} />
      {isNothing ? <p className={styles.quiet}>{t("nothing")}</p> : null}
      {result.refused + result.conflicting === 0 && result.added + result.changed > 0 ? (
        <p className={styles.quiet}>{t("clean")}</p>
      ) : null}
      <ImportGroups key={result.preview} importing={importing} shown={shown} result={result} />
    </>
  );
}

/** With refused lines, correcting them comes first; importing the rest is the second choice. */
function Choices({
  importing,
  result,
}: Pick<ImportPanelProps, "importing"> & { result: ImportResult | null }) {
  const t = useTranslations("keyUsers.importing");
  const page = useTranslations("keyUsers");
  const shell = useTranslations("shell");
  const isGuarded = useIsGuarded("list");
  const { isImporting, isChecking, execute, close } = importing;
  const refused = result?.refused ?? 0;
  const news = result ? result.added + result.changed : 0;
  return (
    <div className={styles.choices}>
      <span className={styles.unwritten}>{isGuarded ? shell("willWait") : t("unwritten")}</span>
      <Button variant="default" disabled={isImporting} onClick={close}>
        {page("cancel")}
      </Button>
      {news > 0 ? (
        <Button
          variant={refused > 0 ? "default" : "filled"}
          loading={isImporting}
          disabled={isChecking}
          onClick={execute}
        >
          {isGuarded
            ? shell("propose")
            : refused > 0
              ? t("skip", { count: refused })
              : t("run", { count: news })}
        </Button>
      ) : null}
      {refused > 0 ? (
        <Button disabled={isImporting} onClick={close}>
          {t("fixFirst")}
        </Button>
      ) : null}
    </div>
  );
}
