"use client";
import { Button, Modal } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { FieldMove } from "#server/contracts/api/key-users.ts";
import form from "../ui/dialog-form.module.css";
import { useMinute } from "../ui/use-minute.ts";
import { useMoney } from "../ui/use-money.ts";
import { type CellField, CONTACT_FIELDS } from "./cell-fields.ts";
import styles from "./dialog.module.css";
import type { CellDrafts } from "./use-cell-drafts.ts";
import type { EditConflict } from "./use-key-user-writes.tsx";

export interface ConflictDialogProps {
  /** null: no conflict. */
  readonly conflict: EditConflict | null;
  readonly drafts: Pick<CellDrafts, "goOn" | "save" | "discard">;
  readonly onSettled: () => void;
}

/** The cells that an edit is about. */
const fieldsOf = ({ edit }: EditConflict): CellField[] =>
  (["rawPremium", "rawInfo", "segment", ...CONTACT_FIELDS] as const).filter(
    (field) => edit[field] !== undefined,
  );

/** What was typed beside what stands meanwhile, for its writer to choose. Whatever is chosen, nothing typed is lost unasked. */
export function ConflictDialog({ conflict, drafts, onSettled }: ConflictDialogProps) {
  const t = useTranslations("keyUsers.conflict");
  const back = () => {
    if (conflict) for (const field of fieldsOf(conflict)) drafts.goOn(conflict.current, field);
    onSettled();
  };
  return (
    <Modal
      opened={conflict !== null}
      onClose={back}
      title={conflict ? t("title", { user: conflict.current.userId }) : ""}
      centered
      withCloseButton={false}
      returnFocus={false}
    >
      {conflict ? <Choice conflict={conflict} drafts={drafts} onSettled={onSettled} onBack={back} /> : null}
    </Modal>
  );
}

interface ChoiceProps extends ConflictDialogProps {
  readonly conflict: EditConflict;
  readonly onBack: () => void;
}

function Choice({ conflict, drafts, onSettled, onBack }: ChoiceProps) {
  const t = useTranslations("keyUsers.conflict");
  const { current } = conflict;
  const fields = fieldsOf(conflict);
  const keepMine = () => {
    for (const field of fields) {
      drafts.goOn(current, field);
      drafts.save(current.userId, field);
    }
    onSettled();
  };
  const takeTheirs = () => {
    for (const field of fields) drafts.discard(current.userId, field);
    onSettled();
  };
  return (
    <>
      {fields.map((field) => (
        <Versions key={field} field={field} conflict={conflict} />
      ))}
      <div className={form.buttons}>
        <Button variant="subtle" data-autofocus onClick={onBack}>
          {t("back")}
        </Button>
        {current.removedAt === null ? (
          <Button variant="default" onClick={keepMine}>
            {t("keepMine")}
          </Button>
        ) : null}
        <Button onClick={takeTheirs}>{t("takeTheirs")}</Button>
      </div>
    </>
  );
}

/** Both values of one cell. */
function Versions({ field, conflict }: { readonly field: CellField; readonly conflict: EditConflict }) {
  const t = useTranslations("keyUsers.conflict");
  const { current, edit, moves } = conflict;
  const words = useCellWords();
  const move = moves.find((each) => each.field === field) ?? moves.at(-1);
  return (
    <div className={styles.versions}>
      <section>
        <h3>{t("yours", { field })}</h3>
        <strong>{words(field, edit[field] ?? null)}</strong>
      </section>
      <section>
        <h3>{t("theirs", { field })}</h3>
        <strong>{current.removedAt === null ? words(field, current[field]) : t("removed")}</strong>
        <small>
          <Mover move={move ?? { by: current.updatedBy, at: current.updatedAt }} />
        </small>
      </section>
    </div>
  );
}

function useCellWords() {
  const t = useTranslations("keyUsers.row");
  const money = useMoney();
  return (field: CellField, value: string | null): string => {
    if (value === null) return t("noCover");
    return field === "rawPremium" ? money(value) : value;
  };
}

function Mover({ move }: { readonly move: Pick<FieldMove, "by" | "at"> }) {
  const t = useTranslations("keyUsers");
  const minute = useMinute();
  const who = move.by === "stream" ? t("row.stream") : move.by;
  return t("conflict.by", { who, when: minute(move.at) });
}
