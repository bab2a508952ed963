"use client";
import { Button, Modal } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useMoney } from "../ui/use-money.ts";
import styles from "./dialog.module.css";
import type { EditConflict, RowWrite } from "./use-key-user-writes.ts";
import { useMinute } from "./use-minute.ts";

export interface ConflictDialogProps {
  /** null: no conflict. */
  readonly conflict: EditConflict | null;
  readonly onWrite: (write: RowWrite) => void;
  readonly onSettled: () => void;
}

/** Both versions of a row that two people edited, for the slower one to choose. */
export function ConflictDialog({ conflict, onWrite, onSettled }: ConflictDialogProps) {
  const t = useTranslations("keyUsers.conflict");
  return (
    <Modal opened={conflict !== null} onClose={onSettled} title={t("title")} centered withCloseButton={false}>
      {conflict ? <Versions conflict={conflict} onWrite={onWrite} onSettled={onSettled} /> : null}
    </Modal>
  );
}

function Versions({
  conflict: { edit, current },
  onWrite,
  onSettled,
}: ConflictDialogProps & { readonly conflict: EditConflict }) {
  const t = useTranslations("keyUsers.conflict");
  const row = useTranslations("keyUsers.row");
  const money = useMoney();
  const minute = useMinute();
  const who = current.updatedBy === "stream" ? row("stream") : current.updatedBy;
  const overwrite = () => {
    onWrite({ kind: "edit", user: current, edit });
    onSettled();
  };
  return (
    <>
      <div className={styles.versions}>
        <section>
          <h3>{t("theirs")}</h3>
          <strong>{money(current.rawPremium)}</strong>
          <span>{current.rawInfo ?? row("noCover")}</span>
          <small>{t("by", { who, when: minute(current.updatedAt) })}</small>
        </section>
        <section>
          <h3>{t("yours")}</h3>
          <strong>{money(edit.rawPremium ?? current.rawPremium)}</strong>
          <span>{(edit.rawInfo === undefined ? current.rawInfo : edit.rawInfo) ?? row("noCover")}</span>
        </section>
      </div>
      <div className={styles.buttons}>
        <Button variant="default" onClick={overwrite}>
          {t("overwrite")}
        </Button>
        <Button data-autofocus onClick={onSettled}>
          {t("keep")}
        </Button>
      </div>
    </>
  );
}
