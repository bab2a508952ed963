"use client";
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { People } from "#server/contracts/api/people.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./people.module.css";
import { segmentsIn } from "./prepare-people.ts";
import { type ShownLink, useInvite } from "./use-person-acts.ts";
import { useRoleWords } from "./use-role-words.ts";

interface InviteDialogProps {
  readonly roles: People["roles"];
  readonly onClose: () => void;
  readonly onDone: (link: ShownLink) => void;
}

/** Lets somebody in: they choose a password themselves. */
export function InviteDialog({ roles, onClose, onDone }: InviteDialogProps) {
  const t = useTranslations("people.invite");
  const dialog = useTranslations("people.dialog");
  const roleWords = useRoleWords();
  const errorWords = useErrorWords();
  const [role, setRole] = useState(roles[0]?.role ?? "");
  const invite = useInvite(onDone);
  const send = (text: (field: string) => string) => {
    const reason = text("reason");
    const segments = role === "manager" ? segmentsIn(text("segments")) : [];
    invite.mutate({
      name: text("name"),
      email: text("email"),
      role,
      segments,
      ...(reason === "" ? {} : { reason }),
    });
  };
  return (
    <Dialog title={t("title")} close={dialog("close")} onClose={onClose} holdsText>
      <div className={styles.dialog}>
        <p>{t("lead")}</p>
        <DialogForm
          onSubmit={send}
          onCancel={onClose}
          cancel={dialog("cancel")}
          submit={t("submit")}
          isBusy={invite.isPending}
          problem={invite.error ? errorWords(invite.error) : null}
        >
          <TextInput
            name="name"
            label={t("name")}
            required
            withAsterisk={false}
            maxLength={80}
            autoComplete="off"
            data-autofocus
          />
          <TextInput
            name="email"
            type="email"
            label={t("email")}
            required
            withAsterisk={false}
            maxLength={254}
            autoComplete="off"
          />
          <Select
            label={dialog("role")}
            allowDeselect={false}
            value={role}
            data={roles.map((each) => ({ value: each.role, label: roleWords(each.role) }))}
            onChange={(value) => setRole(value ?? role)}
          />
          {role === "manager" ? (
            <TextInput name="segments" label={dialog("segments")} maxLength={2000} autoComplete="off" />
          ) : null}
          <TextInput name="reason" label={t("reason")} maxLength={500} autoComplete="off" />
        </DialogForm>
      </div>
    </Dialog>
  );
}
