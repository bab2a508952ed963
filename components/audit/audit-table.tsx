"use client";
import { UnstyledButton } from "@mantine/core";
import { IconBolt, IconKey, IconTerminal2 } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import type { AuditActor, AuditEntry } from "#server/contracts/api/audit.ts";
import { initials } from "../ui/initials.ts";
import { plainText } from "../ui/plain-text.ts";
import { useMoment } from "../ui/use-moment.ts";
import styles from "./audit.module.css";
import { AuditDetails } from "./audit-details.tsx";
import { useAuditWords } from "./use-audit-words.ts";

interface AuditTableProps {
  readonly items: readonly AuditEntry[];
  /** Id of the entry that is open; "": none. */
  readonly open: string;
  readonly onOpen: (id: string) => void;
}

const COLUMNS = ["time", "who", "what", "on", "why", "from", "entry"] as const;

/** Entries, newest first, each of which opens its details below it; on a narrow screen each is a card. */
export function AuditTable({ items, open, onOpen }: AuditTableProps) {
  const t = useTranslations("audit");
  return (
    <table className={styles.table} aria-label={t("title")}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={styles[column]}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {items.map((entry) => (
        <tbody key={entry.id} data-open={entry.id === open || undefined}>
          <AuditRow
            entry={entry}
            isOpen={entry.id === open}
            onPress={() => onOpen(entry.id === open ? "" : entry.id)}
          />
          {entry.id === open ? (
            <tr className={styles.opened}>
              <td colSpan={COLUMNS.length}>
                <AuditDetails entry={entry} />
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  );
}

interface AuditRowProps {
  readonly entry: AuditEntry;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function AuditRow({ entry, isOpen, onPress }: AuditRowProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const moment = useMoment();
  const words = useAuditWords();
  const number = format.number(Number(entry.id));
  return (
    <tr className={styles.row}>
      <td className={styles.time}>
        <UnstyledButton
          className={styles.press}
          data-audit-entry={entry.id}
          aria-expanded={isOpen}
          aria-label={t("open", { when: moment(entry.at), entry: number })}
          onClick={onPress}
        >
          <time dateTime={entry.at}>{moment(entry.at)}</time>
        </UnstyledButton>
      </td>
      <td className={styles.who}>
        <Sign actor={entry.actor} />
        <span>{plainText(words.who(entry.actor))}</span>
      </td>
      <td className={styles.what}>{words.what(entry.action)}</td>
      <td className={styles.on}>{plainText(words.on(entry))}</td>
      <td className={styles.why}>{plainText(words.why(entry))}</td>
      <td className={styles.from}>{entry.address ?? "—"}</td>
      <td className={styles.entry}>{number}</td>
    </tr>
  );
}

const ICONS = { key: IconKey, command: IconTerminal2, system: IconBolt } as const;

/** A person's initials, or what acted in their stead. */
function Sign({ actor: { kind, name } }: { readonly actor: AuditActor }) {
  const Icon = kind === "key" || kind === "command" || kind === "system" ? ICONS[kind] : null;
  return (
    <span className={styles.sign} aria-hidden="true">
      {Icon ? <Icon size={14} /> : kind === "person" ? initials(name ?? "") : "?"}
    </span>
  );
}
