"use client";
import { Button, Progress, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import styles from "./dead-letters.module.css";
import { type Bulk, type BulkProgress, useBulk } from "./use-bulk.ts";
import { useReasonWords } from "./use-reason-words.ts";

interface BulkDialogProps {
  readonly bulk: Bulk;
  readonly onClose: () => void;
}

/** Replays or discards every open line of a reason group, after a look at what that means. */
export function BulkDialog({ bulk, onClose }: BulkDialogProps) {
  const t = useTranslations("pipeline.deadLetters.bulk");
  const streams = useTranslations("pipeline.streams");
  const reasonOf = useReasonWords();
  const { progress, start, stop } = useBulk(bulk);
  // The group's count follows what is done: the dialog keeps the one that it was opened with.
  const [count] = useState(bulk.group.count);
  const isRunning = progress.state === "running";
  const isDiscard = bulk.action === "discard";
  return (
    <Dialog
      title={t(isDiscard ? "discardTitle" : "replayTitle", { count })}
      close={t("close")}
      onClose={() => (isRunning ? stop() : onClose())}
    >
      <p className={styles.lead}>
        {streams(bulk.group.stream)} · {reasonOf(bulk.group)}
      </p>
      <p className={styles.quiet}>{t(isDiscard ? "discardLead" : "replayLead")}</p>
      {progress.state === "idle" ? (
        <BulkForm action={bulk.action} onStart={(reason) => void start(reason)} onClose={onClose} />
      ) : (
        <>
          <Outcome progress={progress} count={count} action={bulk.action} />
          <div className={styles.buttons}>
            <Button variant="default" data-autofocus onClick={isRunning ? stop : onClose}>
              {t(isRunning ? "stop" : "close")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface BulkFormProps {
  readonly action: Bulk["action"];
  readonly onStart: (reason: string) => void;
  readonly onClose: () => void;
}

function BulkForm({ action, onStart, onClose }: BulkFormProps) {
  const t = useTranslations("pipeline.deadLetters.bulk");
  return (
    <DialogForm
      onSubmit={(text) => onStart(text("reason"))}
      onCancel={onClose}
      cancel={t("cancel")}
      submit={t(action)}
      isDanger={action === "discard"}
    >
      <TextInput
        name="reason"
        label={t("why")}
        required={action === "discard"}
        pattern={action === "discard" ? ".*\\S.*" : undefined}
        maxLength={500}
        autoComplete="off"
        data-autofocus
      />
    </DialogForm>
  );
}

interface OutcomeProps {
  readonly progress: BulkProgress;
  readonly count: number;
  readonly action: Bulk["action"];
}

function Outcome({ progress, count, action }: OutcomeProps) {
  const t = useTranslations("pipeline.deadLetters.bulk");
  const { state, settled, refused, message } = progress;
  const done = settled + refused;
  const words =
    action === "discard"
      ? t("discarded", { discarded: settled })
      : t("replayed", { replayed: settled, refused });
  return (
    <div role="status">
      <Progress value={count === 0 ? 100 : Math.min(100, (100 * done) / count)} aria-hidden />
      <p className={styles.lead}>{state === "running" ? t("progress", { done, count }) : words}</p>
      {state === "halted" ? (
        <p className={styles.problem}>■ {t("halted", { message: message ?? "" })}</p>
      ) : null}
    </div>
  );
}
