"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Problem } from "../../server/contracts/api/common.ts";
import type { ListReading } from "../../server/contracts/api/list-file.ts";
import { ENCODINGS, SEPARATORS } from "../../server/contracts/list-form.ts";
import styles from "./import-panel.module.css";
import names from "./import-reading.module.css";
import type { Importing, ImportPreview } from "./use-import.ts";

/** How the file was read, and the choice to read it otherwise: the preview is then made anew. */
export function ImportReading({
  importing,
  shown: { choices, result, fault },
}: {
  readonly importing: Importing;
  readonly shown: ImportPreview;
}) {
  const t = useTranslations("keyUsers.importing");
  const reading = result?.reading ?? null;
  const assumed = reading ?? readingOf(fault);
  const found = <T extends string>(value: T | undefined, words: (value: T) => string) => ({
    value: "auto",
    label: value === undefined ? t("findOut") : t("foundOut", { what: words(value) }),
  });
  return (
    <section className={styles.part}>
      <h3>{t("readAs")}</h3>
      <Select
        label={t("encoding")}
        allowDeselect={false}
        disabled={importing.isChecking}
        value={choices.encoding}
        data={[
          found(choices.encoding === "auto" ? assumed?.encoding : undefined, (value) =>
            t(`encodings.${value}`),
          ),
          ...ENCODINGS.map((value) => ({ value, label: t(`encodings.${value}`) })),
        ]}
        onChange={(value) =>
          importing.choose({ encoding: ENCODINGS.find((encoding) => encoding === value) ?? "auto" })
        }
      />
      <Select
        label={t("separator")}
        allowDeselect={false}
        disabled={importing.isChecking}
        value={choices.separator}
        data={[
          found(choices.separator === "auto" ? assumed?.separator : undefined, (value) =>
            t(`separators.${value}`),
          ),
          ...SEPARATORS.map((value) => ({ value, label: t(`separators.${value}`) })),
        ]}
        onChange={(value) =>
          importing.choose({ separator: SEPARATORS.find((separator) => separator === value) ?? "auto" })
        }
      />
      {reading ? <Header header={reading.header} /> : null}
    </section>
  );
}

/** How a file was read that is no list, where its text could be read. */
function readingOf(fault: Problem | null): Pick<ListReading, "encoding" | "separator"> | null {
  const encoding = ENCODINGS.find((name) => name === fault?.encoding);
  const separator = SEPARATORS.find((name) => name === fault?.separator);
  return encoding && separator ? { encoding, separator } : null;
}

/** Which name of the file was taken for which column; the others are left alone. */
function Header({ header }: Pick<ListReading, "header">) {
  const t = useTranslations("keyUsers.importing");
  const ignored = header.filter(({ name, column }) => column === null && name !== "");
  return (
    <>
      <dl className={names.header}>
        {header.map(({ name, column }) =>
          column === null ? null : (
            <div key={column}>
              <dt>{name}</dt>
              <dd>{t(`fields.${column}`)}</dd>
            </div>
          ),
        )}
      </dl>
      {ignored.length > 0 ? (
        <p className={styles.quiet}>{t("ignored", { names: ignored.map(({ name }) => name).join(" · ") })}</p>
      ) : null}
    </>
  );
}
