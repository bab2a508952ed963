"use client";
import { Button, Popover, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import { OUTCOMES, type Outcome } from "#server/contracts/cases.ts";
import styles from "./case.module.css";
import { useDraft } from "./use-draft.ts";
import type { VerbInputProps } from "./verb-input-props.ts";

/** Asks how a case ended, and for a note if there is something to say; a case of somebody else names its owner (rule W3). */
export function CloseForm({ onAct, caseId, owner, isBusy, isAsked, onAsked }: VerbInputProps<"close">) {
  const t = useTranslations("retention");
  const draft = useDraft(caseId, "close");
  const from = owner ? { from: owner.id } : {};
  const title = owner ? t("takeOver.close", { owner: owner.name }) : t("closeTitle");
  const close = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const outcome = (submitter as HTMLButtonElement).value as Outcome;
    const text = String(new FormData(event.currentTarget).get("note")).trim();
    onAct({ outcome, ...from, ...(text ? { note: text } : {}) }, () => {
      draft.keep("");
      onAsked(false);
    });
  };
  return (
    <Popover opened={isAsked} onChange={onAsked} trapFocus returnFocus width={320} position="bottom-start">
      <Popover.Target>
        <Button variant="default" disabled={isBusy} onClick={() => onAsked(!isAsked)}>
          {t("verbs.close")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        <form className={styles.close} onSubmit={close}>
          <strong>{title}</strong>
          <Textarea
            name="note"
            defaultValue={draft.text}
            onChange={({ currentTarget }) => draft.keep(currentTarget.value)}
            data-autofocus
            label={t("closeNote")}
            maxLength={4000}
            autosize
            minRows={2}
            maxRows={6}
          />
          <div className={styles.outcomes}>
            {OUTCOMES.map((outcome) => (
              <Button key={outcome} type="submit" value={outcome} variant="default" disabled={isBusy}>
                {t(`outcomes.${outcome}`)}
              </Button>
            ))}
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
