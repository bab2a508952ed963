"use client";
import { useTranslations } from "use-intl";
import type { DeadLetterDetail } from "#server/contracts/api/dead-letters.ts";
import { useCan } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useMoment } from "../ui/use-moment.ts";
import { DeadLetterForm } from "./dead-letter-form.tsx";
import { useBecame } from "./dead-letter-table.tsx";
import styles from "./dead-letters.module.css";
import { useDeadLetter } from "./use-dead-letters.ts";
import { useFieldName, useReasonWords } from "./use-reason-words.ts";

interface DeadLetterDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One refused line: why, what it holds with personal data masked, and for administrators editing it. */
export function DeadLetterDrawer({ id, onClose }: DeadLetterDrawerProps) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const page = useTranslations("pipeline");
  const { data, isError, refetch } = useDeadLetter(id);
  return (
    <SidePanel
      size="middle"
      title={data ? t("title", { stream: page(`streams.${data.stream}`) }) : t("untitled")}
      close={t("close")}
      onClose={onClose}
    >
      {isError && !data ? (
        <LoadFailed message={t("failed")} retry={page("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data ? <DeadLetter deadLetter={data} onClose={onClose} /> : null}
      {data || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
    </SidePanel>
  );
}

function DeadLetter({
  deadLetter,
  onClose,
}: {
  readonly deadLetter: DeadLetterDetail;
  readonly onClose: () => void;
}) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const moment = useMoment();
  const reasonOf = useReasonWords();
  const became = useBecame();
  const canEdit = useCan("dead-letters.edit");
  const { line, receivedAt, state, reason, isReadable, isEdited, unknownFields } = deadLetter;
  return (
    <>
      <p className={styles.lead}>
        <strong>{reasonOf(deadLetter)}</strong> · {became(deadLetter)}
      </p>
      <p className={styles.quiet}>{t("lineOf", { line, when: moment(receivedAt) })}</p>
      {reason === null ? null : <p className={styles.lead}>{reason}</p>}
      {isEdited ? <p className={styles.quiet}>{t("edited")}</p> : null}
      {isReadable ? null : <p className={styles.lead}>{t("unreadable")}</p>}
      {unknownFields.length > 0 ? (
        <p className={styles.quiet}>{t("unknown", { names: unknownFields.join(", ") })}</p>
      ) : null}
      {state === "open" && canEdit ? (
        // Another version is another line: what was typed for the old one is dropped.
        <DeadLetterForm
          key={`${deadLetter.id} ${deadLetter.version}`}
          deadLetter={deadLetter}
          onDone={onClose}
        />
      ) : (
        <LineFields deadLetter={deadLetter} />
      )}
      {state === "open" && !canEdit ? <p className={styles.quiet}>{t("administrators")}</p> : null}
    </>
  );
}

function LineFields({ deadLetter }: { readonly deadLetter: DeadLetterDetail }) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const fieldName = useFieldName();
  return (
    <dl className={styles.fields}>
      {deadLetter.fields.map(({ name, shown }) => (
        <div key={name}>
          <dt>
            {fieldName(name)} <code>{name}</code>
          </dt>
          <dd className={shown === null ? styles.quiet : undefined}>{shown ?? t("missing")}</dd>
        </div>
      ))}
    </dl>
  );
}
