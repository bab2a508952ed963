"use client";
import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import form from "../ui/dialog-form.module.css";
import { plainText } from "../ui/plain-text.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { useMinute } from "../ui/use-minute.ts";
import { useMoney } from "../ui/use-money.ts";
import { type CellProblem, LONGEST, problemOf } from "./cell-fields.ts";
import styles from "./dialog.module.css";
import { type AddedUser, useAddKeyUser } from "./use-add-key-user.ts";

export interface AddDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A customer who is on the list now, or again. */
  readonly onListed: (users: readonly KeyUser[]) => void;
}

/** Puts one customer on the list by hand; the baseline holds since always (rule K3). */
export function AddDialog({ isOpen, ...acts }: AddDialogProps) {
  const t = useTranslations("keyUsers.addForm");
  return (
    <Modal
      opened={isOpen}
      onClose={acts.onClose}
      title={t("title")}
      centered
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Form {...acts} />
    </Modal>
  );
}

function Form({ onClose, onListed }: Omit<AddDialogProps, "isOpen">) {
  const errorWords = useErrorWords();
  const t = useTranslations("keyUsers");
  const { add, restore, known } = useAddKeyUser(({ user, isRestored }) => {
    notifications.show({ message: t(isRestored ? "restored" : "added", { user: user.userId }) });
    onListed([user]);
    onClose();
  });
  const [problems, setProblems] = useState<ContactProblems>({ customerName: null, customerTel: null });
  const wordsOf = (problem: CellProblem) => (problem === null ? undefined : t(`row.${problem}`));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = enteredIn(event.currentTarget);
    const found = problemsOf(entered);
    setProblems(found);
    if (found.customerName === null && found.customerTel === null) add.mutate(entered);
  };
  const error = known ? restore.error : (add.error ?? restore.error);
  return (
    <form className={form.form} onSubmit={submit} onChange={() => add.reset()}>
      <TextInput
        name="userId"
        label={t("addForm.user")}
        required
        pattern="-?[0-9]{1,19}"
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        name="rawPremium"
        label={t("addForm.baseline")}
        required
        inputMode="decimal"
        autoComplete="off"
      />
      <TextInput name="rawInfo" label={t("addForm.cover")} maxLength={4000} autoComplete="off" />
      <TextInput name="segment" label={t("addForm.segment")} maxLength={LONGEST.segment} autoComplete="off" />
      <TextInput
        name="customerName"
        label={t("addForm.name")}
        maxLength={LONGEST.customerName}
        error={wordsOf(problems.customerName)}
        autoComplete="off"
      />
      <TextInput
        name="customerTel"
        label={t("addForm.telephone")}
        inputMode="tel"
        maxLength={LONGEST.customerTel}
        error={wordsOf(problems.customerTel)}
        autoComplete="off"
      />
      {known ? <Known user={known} /> : null}
      {error ? (
        <p role="alert" className={form.problem}>
          {t("addForm.failed")} {errorWords(error)}
        </p>
      ) : null}
      <div className={form.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        {known !== null && known.removedAt !== null ? (
          <Restoring user={known} entered={add.variables} restore={restore} />
        ) : (
          <Button type="submit" loading={add.isPending}>
            {t("add")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Of the two fields that the browser cannot judge. */
interface ContactProblems {
  readonly customerName: CellProblem;
  readonly customerTel: CellProblem;
}

const problemsOf = ({ customerName, customerTel }: AddedUser): ContactProblems => ({
  customerName: problemOf("customerName", customerName ?? ""),
  customerTel: problemOf("customerTel", customerTel ?? ""),
});

function enteredIn(form: HTMLFormElement): AddedUser {
  const given = new FormData(form);
  const text = (name: string) => String(given.get(name) ?? "").trim();
  return {
    userId: text("userId"),
    rawPremium: text("rawPremium").replaceAll(",", ""),
    rawInfo: text("rawInfo") || null,
    segment: text("segment") || null,
    customerName: text("customerName") || null,
    customerTel: text("customerTel") || null,
  };
}

/** Who is on the list already, or was. */
function Known({ user }: { readonly user: KeyUser }) {
  const t = useTranslations("keyUsers");
  const money = useMoney();
  const minute = useMinute();
  const baseline = money(user.rawPremium);
  const cover = plainText(user.rawInfo ?? t("row.noCover"));
  return (
    <p role="alert" className={styles.notice}>
      {user.removedAt === null
        ? t("addForm.known", { user: user.userId, baseline })
        : t("addForm.gone", {
            user: user.userId,
            who: user.updatedBy,
            when: minute(user.removedAt),
            baseline,
            cover,
          })}
    </p>
  );
}

/** Two ways back: with the values that stood, or with those that were entered. */
function Restoring({
  user,
  entered,
  restore,
}: {
  readonly user: KeyUser;
  readonly entered: AddedUser | undefined;
  readonly restore: ReturnType<typeof useAddKeyUser>["restore"];
}) {
  const t = useTranslations("keyUsers.addForm");
  return (
    <>
      <Button
        variant="default"
        disabled={restore.isPending}
        onClick={() => restore.mutate({ user, entered: null })}
      >
        {t("restore")}
      </Button>
      <Button loading={restore.isPending} onClick={() => restore.mutate({ user, entered: entered ?? null })}>
        {t("restoreEntered")}
      </Button>
    </>
  );
}
