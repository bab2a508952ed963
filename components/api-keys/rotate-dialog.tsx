"use client";
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ApiKey } from "#server/contracts/api/api-keys.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./api-keys.module.css";
import { IssuedSecret } from "./issued-secret.tsx";
import { ReasonField } from "./reason-field.tsx";
import { useRotateKey } from "./use-api-keys.ts";

/** Hours. */
const OVERLAPS = ["0", "1", "24", "168", "720"] as const;
type Overlap = (typeof OVERLAPS)[number];

interface RotateDialogProps {
  readonly of: ApiKey;
  readonly onClose: () => void;
}

/** Makes a key in another one's place; the old one goes on for the overlap, so that the machine never stands without. */
export function RotateDialog({ of: key, onClose }: RotateDialogProps) {
  const t = useTranslations("apiKeys");
  const errorWords = useErrorWords();
  const rotate = useRotateKey(key.id);
  const [overlap, setOverlap] = useState<Overlap>("24");
  const title = t("rotate.title", { name: plainText(key.name) });
  const form = (
    <DialogForm
      onSubmit={(text) => rotate.mutate({ overlapHours: Number(overlap), reason: text("reason") })}
      onCancel={onClose}
      cancel={t("cancel")}
      submit={t("rotate.submit")}
      isBusy={rotate.isPending}
      problem={rotate.error ? errorWords(rotate.error) : null}
    >
      <p className={styles.lead}>{t("rotate.lead")}</p>
      <Select
        label={t("rotate.overlap")}
        description={t("rotate.overlapNote")}
        allowDeselect={false}
        value={overlap}
        onChange={(next) => setOverlap((next ?? "24") as Overlap)}
        data={OVERLAPS.map((value) => ({ value, label: t(`rotate.overlaps.${value}`) }))}
      />
      <ReasonField />
    </DialogForm>
  );
  return (
    <Dialog title={title} close={t("close")} onClose={onClose} isFirm>
      {rotate.data ? <IssuedSecret of={rotate.data} onClose={onClose} /> : form}
    </Dialog>
  );
}
