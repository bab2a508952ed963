"use client";
import { TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import type { Proposal } from "#server/contracts/api/proposals.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./settings.module.css";
import { byNow, type Decision, useDecision } from "./use-proposals.ts";
import { useToldWords } from "./use-told-words.ts";

interface DecisionDialogProps {
  readonly proposal: Proposal;
  readonly decision: Decision;
  readonly onClose: () => void;
}

/** What a decision means, and why it is made. */
export function DecisionDialog({ proposal, decision, onClose }: DecisionDialogProps) {
  const t = useTranslations("settings");
  const words = useTranslations("settings.proposals");
  const told = useToldWords();
  const errorWords = useErrorWords();
  const decide = useDecision(onClose);
  const moved = byNow(decide.error);
  const { id, act, isOwn, proposedBy } = proposal;
  const verb = decision === "confirm" ? "confirm" : isOwn ? "withdraw" : "refuse";
  const isConfirmed = decision === "confirm";
  return (
    <Dialog
      title={words(`${verb}Title`, { act: t(`acts.${act}`) })}
      close={t("close")}
      onClose={onClose}
      holdsText
    >
      <div className={styles.dialog}>
        <p>{told(proposal)}</p>
        <p className={styles.quiet}>
          {isConfirmed ? words("confirmLead", { who: plainText(proposedBy.name) }) : words("refuseLead")}
        </p>
        <DialogForm
          onSubmit={(text) =>
            decide.mutate({ id, decision, reason: text("reason"), seen: moved?.preview ?? null })
          }
          onCancel={onClose}
          cancel={t("cancel")}
          submit={words(verb)}
          isBusy={decide.isPending}
          isDanger={!isConfirmed}
          problem={moved ? words("byNow", countsOf(moved)) : decide.error ? errorWords(decide.error) : null}
        >
          <TextInput
            name="reason"
            label={isConfirmed ? words("optionalReason") : t("reason")}
            required={!isConfirmed}
            withAsterisk={false}
            maxLength={500}
            autoComplete="off"
            data-autofocus
          />
        </DialogForm>
      </div>
    </Dialog>
  );
}

const countsOf = ({ added, changed, unchanged, refused }: ImportResult) => ({
  added,
  changed,
  unchanged,
  rejected: refused,
});
