"use client";
import { useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import { BLANK_CHOICES, type BlankChoice } from "#server/contracts/list-form.ts";
import { Segments } from "../ui/segments.tsx";
import styles from "./import-panel.module.css";
import type { Importing } from "./use-import.ts";

export interface ImportBlanksProps {
  readonly importing: Importing;
  readonly blank: BlankChoice;
  readonly blanks: ImportResult["blanks"];
}

/** What a blank cell does to what stands: it is asked where there are such cells. */
export function ImportBlanks({ importing, blank, blanks }: ImportBlanksProps) {
  const t = useTranslations("keyUsers.importing");
  const clearable =
    blanks.rawInfo + blanks.segment + blanks.customerName + blanks.customerTel + blanks.baselineAsOf;
  const count = clearable + blanks.rawPremium;
  if (count === 0 && blank === "keep") return null;
  return (
    <section className={styles.part}>
      <div className={styles.asking}>
        <h3>{t("blanks")}</h3>
        <Segments
          label={t("blanks")}
          isDisabled={importing.isChecking}
          value={blank}
          data={BLANK_CHOICES.map((value) => ({ value, label: t(`blank.${value}`) }))}
          onChange={(value) => importing.choose({ blank: value })}
        />
      </div>
      <p className={styles.quiet}>
        {blank === "keep" ? t("keeps", { count, clearable }) : t("erases", { count: clearable })}
      </p>
    </section>
  );
}
