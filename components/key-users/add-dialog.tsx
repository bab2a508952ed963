"use client";
import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import styles from "./dialog.module.css";
import { rereadKeyUsers } from "./use-key-users.ts";

export interface AddDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Puts one customer on the list by hand; the baseline holds since always (rule K3). */
export function AddDialog({ isOpen, onClose }: AddDialogProps) {
  const t = useTranslations("keyUsers.addForm");
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("title")}
      centered
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: Pick<AddDialogProps, "onClose">) {
  const t = useTranslations("keyUsers");
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: (body: Record<string, string | null>) =>
      fetchJson<KeyUser>("/api/v1/key-users", { method: "POST", body }),
    onSuccess: (user) => {
      notifications.show({ message: t("added", { user: user.userId }) });
      onClose();
      return rereadKeyUsers(client);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    add.mutate({
      userId: text("userId"),
      rawPremium: text("rawPremium").replaceAll(",", ""),
      rawInfo: text("rawInfo") || null,
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
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
      {add.error ? (
        <p role="alert" className={styles.problem}>
          {t("addForm.failed")} {add.error.message}
        </p>
      ) : null}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={add.isPending}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
