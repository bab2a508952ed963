"use client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useRef } from "react";
import { useTranslations } from "use-intl";
import { Panel } from "../ui/panel.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./account.module.css";
import { changePassword, useRereadAccount } from "./use-own-account.ts";

export function PasswordPanel() {
  const t = useTranslations("account.password");
  const errorWords = useErrorWords();
  const reread = useRereadAccount();
  const form = useRef<HTMLFormElement>(null);
  const change = useAct({
    mutationFn: changePassword,
    onSuccess: () => {
      notifications.show({ message: t("changed") });
      form.current?.reset();
      return reread();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name));
    change.mutate({ currentPassword: text("present"), newPassword: text("next") });
  };
  return (
    <Panel title={t("title")} note={t("note")}>
      <form ref={form} className={styles.form} onSubmit={submit} onChange={() => change.reset()}>
        <PasswordField
          name="present"
          label={t("present")}
          autoComplete="current-password"
          withAsterisk={false}
          required
        />
        <PasswordField
          name="next"
          label={t("next")}
          autoComplete="new-password"
          minLength={12}
          maxLength={128}
          withAsterisk={false}
          required
        />
        <p role="alert" className={styles.problem}>
          {change.error && errorWords(change.error)}
        </p>
        <Button type="submit" variant="default" loading={change.isPending}>
          {t("change")}
        </Button>
      </form>
    </Panel>
  );
}
