"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../shell/session.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./account.module.css";
import { FreshSignIn } from "./fresh-sign-in.tsx";

interface PasswordFormProps {
  readonly lead: string;
  readonly submit: string;
  readonly isDanger?: boolean;
  readonly act: {
    readonly mutate: (password: string | undefined) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly onCancel: () => void;
}

/** Who sits at an open page is not yet the person whose page it is: the password once more, or a sign-in of just now. */
export function PasswordForm({ lead, submit, isDanger = false, act, onCancel }: PasswordFormProps) {
  const t = useTranslations("account");
  const errorWords = useErrorWords();
  const { hasPassword, providers } = useSession().waysIn;
  // Kept as it is typed: blanks around it belong to a password.
  const [password, setPassword] = useState("");
  return (
    <DialogForm
      onSubmit={() => act.mutate(hasPassword ? password : undefined)}
      onCancel={onCancel}
      cancel={t("cancel")}
      submit={submit}
      isBusy={act.isPending}
      isDanger={isDanger}
      problem={act.error && errorWords(act.error)}
    >
      <p className={styles.text}>{lead}</p>
      {hasPassword ? (
        <PasswordField
          name="password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          label={t("factor.password")}
          autoComplete="current-password"
          withAsterisk={false}
          data-autofocus
          required
        />
      ) : (
        <FreshSignIn error={act.error} providers={providers} goTo="/me" />
      )}
    </DialogForm>
  );
}
