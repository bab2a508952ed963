"use client";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser, KeyUserChange } from "#server/contracts/api/key-users.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMoney } from "../ui/use-money.ts";
import { contactMoves } from "./contact-moves.ts";
import styles from "./dialog.module.css";
import type { RowWrite } from "./use-key-user-writes.tsx";

export interface RevertProps {
  readonly user: KeyUser;
  readonly change: KeyUserChange;
  readonly onWrite: (write: RowWrite) => void;
}

/** Whether a change moved values that stand otherwise now: coming onto the list and leaving it is no such change. */
export function canRevert(change: KeyUserChange, user: KeyUser): boolean {
  const { premiumBefore, premiumAfter, infoBefore, infoAfter, segmentBefore, segmentAfter } = change;
  if (premiumBefore === null || premiumAfter === null) return false;
  const movesAmount = premiumBefore !== premiumAfter && premiumBefore !== user.rawPremium;
  if (contactMoves(change).some(({ field, before }) => before !== null || user[field] !== null)) return true;
  const movesSegment = segmentBefore !== segmentAfter && segmentBefore !== user.segment;
  return movesAmount || movesSegment || (infoBefore !== infoAfter && infoBefore !== user.rawInfo);
}

/** Takes one change back, once it was said what then stands. */
export function Revert({ user, change, onWrite }: RevertProps) {
  const t = useTranslations("keyUsers");
  const [seen, setSeen] = useState<KeyUser | null>(null);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setSeen(user)}>
        {t("history.revert")}
      </Button>
      {seen ? (
        <Dialog
          title={t("history.revertTitle", { user: seen.userId })}
          close={t("history.close")}
          onClose={() => setSeen(null)}
        >
          <DialogForm
            cancel={t("cancel")}
            submit={t("history.revert")}
            onCancel={() => setSeen(null)}
            onSubmit={(text) => {
              // The version is the one of when this was opened: what moves meanwhile is a conflict (rule W5).
              onWrite({ kind: "revert", user: seen, changeId: change.id, reason: text("reason") });
              setSeen(null);
            }}
          >
            <Outcome user={seen} change={change} />
            <TextInput
              name="reason"
              label={t("log.reason")}
              maxLength={1000}
              autoComplete="off"
              data-autofocus
            />
          </DialogForm>
        </Dialog>
      ) : null}
    </>
  );
}

function Outcome({ user, change }: Pick<RevertProps, "user" | "change">) {
  const t = useTranslations("keyUsers");
  const money = useMoney();
  const { premiumBefore, premiumAfter, infoBefore, infoAfter, segmentBefore, segmentAfter } = change;
  return (
    <>
      {premiumBefore !== null && premiumBefore !== premiumAfter ? (
        <p className={styles.told}>
          {t("columns.baseline")}: {money(user.rawPremium)} → <strong>{money(premiumBefore)}</strong>
        </p>
      ) : null}
      {infoBefore === infoAfter ? null : (
        <p className={styles.told}>
          {t("columns.cover")}: {plainText(user.rawInfo ?? t("row.noCover"))} →{" "}
          <strong>{plainText(infoBefore ?? t("row.noCover"))}</strong>
        </p>
      )}
      {segmentBefore === segmentAfter ? null : (
        <p className={styles.told}>
          {t("columns.segment")}: {plainText(user.segment ?? t("row.noCover"))} →{" "}
          <strong>{plainText(segmentBefore ?? t("row.noCover"))}</strong>
        </p>
      )}
      {contactMoves(change).map(({ field, before }) => (
        <p key={field} className={styles.told}>
          {t(field === "customerName" ? "importing.fields.customer_name" : "importing.fields.customer_tel")}:{" "}
          {plainText(user[field] ?? t("row.noCover"))} →{" "}
          <strong>{plainText(before ?? t("row.noCover"))}</strong>
        </p>
      ))}
    </>
  );
}
