"use client";
import { Button, Select, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { SearchField } from "../ui/search-field.tsx";
import styles from "./audit.module.css";
import { ACTS_BY_NOUN, isNarrowed, searchOf, WHOLE_LOG } from "./prepare-audit.ts";
import { useAuditActors } from "./use-audit.ts";
import { useAuditChoice } from "./use-audit-choice.ts";
import { useAuditWords } from "./use-audit-words.ts";

/** A year has four digits. */
const LAST_DAY = "9998-12-31";

/** What the log is narrowed by, and the export of what it shows. */
export function AuditTools({ total }: { readonly total: number | null }) {
  const t = useTranslations("audit");
  const { choice, choose } = useAuditChoice();
  return (
    <div className={styles.tools}>
      <SearchField
        value={choice.text}
        words={t("search")}
        title={t("title")}
        onSearch={(text) => choose({ text })}
      />
      <Who />
      <What />
      <TextInput
        type="date"
        className={styles.day}
        aria-label={t("from")}
        max={LAST_DAY}
        value={choice.from}
        onChange={({ currentTarget }) => choose({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        className={styles.day}
        aria-label={t("to")}
        max={LAST_DAY}
        value={choice.to}
        onChange={({ currentTarget }) => choose({ to: currentTarget.value })}
      />
      <Subject />
      {isNarrowed(choice) ? (
        <Button variant="default" onClick={() => choose(WHOLE_LOG)}>
          {t("clear")}
        </Button>
      ) : null}
      <Button
        className={styles.export}
        variant="default"
        component="a"
        href={`/api/v1/audit/export?${searchOf(choice)}`}
        download
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        {t("export", { count: total ?? 0 })}
      </Button>
    </div>
  );
}

function Who() {
  const t = useTranslations("audit");
  const { choice, choose } = useAuditChoice();
  const { data } = useAuditActors();
  const words = useAuditWords();
  const known = (data?.items ?? []).map((actor) => ({ value: actor.id, label: words.who(actor) }));
  const isMissing = choice.actor !== "" && !known.some(({ value }) => value === choice.actor);
  return (
    <Select
      className={styles.tool}
      aria-label={t("who")}
      searchable
      allowDeselect={false}
      value={choice.actor}
      data={[
        { value: "", label: `${t("who")}: ${t("anyone")}` },
        ...known,
        ...(isMissing ? [{ value: choice.actor, label: choice.actor }] : []),
      ]}
      onChange={(actor) => choose({ actor: actor ?? "" })}
    />
  );
}

function What() {
  const t = useTranslations("audit");
  const { choice, choose } = useAuditChoice();
  const words = useAuditWords();
  return (
    <Select
      className={styles.tool}
      aria-label={t("what")}
      searchable
      allowDeselect={false}
      value={choice.action}
      data={[
        { value: "", label: `${t("what")}: ${t("anything")}` },
        ...ACTS_BY_NOUN.map(({ noun, acts }) => ({
          group: t(`nouns.${noun}`),
          items: [
            ...(acts.length > 1 ? [{ value: noun, label: t("allOf", { noun: t(`nouns.${noun}`) }) }] : []),
            ...acts.map((value) => ({ value, label: words.what(value) })),
          ],
        })),
      ]}
      onChange={(action) => choose({ action: action ?? "" })}
    />
  );
}

/** The one subject that was chosen in an entry's details, which can be taken away. */
function Subject() {
  const t = useTranslations("audit");
  const { choice, choose } = useAuditChoice();
  const words = useAuditWords();
  if (choice.subject === "") return null;
  const subject = words.on({ subject: choice.subject, subjectName: null });
  return (
    <Button variant="light" onClick={() => choose({ subject: "" })}>
      {t("on", { subject })} ✕
    </Button>
  );
}
