"use client";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./api-keys.module.css";
import { ReasonField } from "./reason-field.tsx";
import { useRevokeKey } from "./use-api-keys.ts";

interface RevokeDialogProps {
  readonly of: ApiKey;
  readonly onClose: () => void;
}

/** Ends a key for good, with a reason. */
export function RevokeDialog({ of: key, onClose }: RevokeDialogProps) {
  const t = useTranslations("apiKeys");
  const errorWords = useErrorWords();
  const name = plainText(key.name);
  const revoke = useRevokeKey(key.id, () => {
    notifications.show({ message: t("revoke.done", { name }) });
    onClose();
  });
  return (
    <Dialog title={t("revoke.title", { name })} close={t("close")} onClose={onClose}>
      <DialogForm
        onSubmit={(text) => revoke.mutate({ reason: text("reason") })}
        onCancel={onClose}
        cancel={t("cancel")}
        submit={t("revoke.submit")}
        isBusy={revoke.isPending}
        isDanger
        problem={revoke.error ? errorWords(revoke.error) : null}
      >
        <p className={styles.lead}>{t("revoke.lead")}</p>
        <ReasonField />
      </DialogForm>
    </Dialog>
  );
}
