"use client";
import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import type { OwnAccount } from "#server/contracts/api/me.ts";
import { useSession } from "../shell/session.tsx";
import { Panel } from "../ui/panel.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./account.module.css";
import { rename, useRereadAccount } from "./use-own-account.ts";

/** Who one is: the name is one's own to change. */
export function PersonPanel({ account }: { readonly account: OwnAccount }) {
  const t = useTranslations("account.person");
  const errorWords = useErrorWords();
  const reread = useRereadAccount();
  const router = useRouter();
  const save = useAct({
    mutationFn: rename,
    onSuccess: () => {
      notifications.show({ message: t("saved") });
      router.refresh(); // the rail has the name from the server
    },
    onSettled: reread,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(String(new FormData(event.currentTarget).get("name")));
  };
  return (
    <Panel title={t("title")} note={t("note")}>
      <form className={styles.form} onSubmit={submit} onChange={() => save.reset()}>
        <TextInput
          key={account.name}
          name="name"
          label={t("name")}
          defaultValue={account.name}
          autoComplete="name"
          maxLength={80}
          withAsterisk={false}
          required
        />
        <p role="alert" className={styles.problem}>
          {save.error && errorWords(save.error)}
        </p>
        <Facts account={account} />
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("save")}
        </Button>
      </form>
    </Panel>
  );
}

function Facts({ account }: { readonly account: OwnAccount }) {
  const t = useTranslations("account.person");
  const roles = useTranslations("shell.roles");
  const { role } = useSession();
  return (
    <dl className={styles.facts}>
      <dt>{t("email")}</dt>
      <dd>{account.email}</dd>
      <dt>{t("username")}</dt>
      <dd>{account.username ?? t("none")}</dd>
      <dt>{t("role")}</dt>
      <dd>{roles(role)}</dd>
    </dl>
  );
}
