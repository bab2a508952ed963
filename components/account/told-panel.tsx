"use client";
import { Switch } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { OwnAccount } from "#server/contracts/api/me.ts";
import { Panel } from "../ui/panel.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./account.module.css";
import { chooseTold, useRereadAccount } from "./use-own-account.ts";

/** Of what one is told by e-mail; without a mail server: of nothing. */
export function ToldPanel({ account: { email, told } }: { readonly account: OwnAccount }) {
  const t = useTranslations("account.told");
  const errorWords = useErrorWords();
  const choose = useAct({ mutationFn: chooseTold, onSettled: useRereadAccount() });
  // What was just pressed shows until the account was read anew.
  const pressed = choose.isPending ? choose.variables : {};
  return (
    <Panel title={t("title")} note={told.canMail ? t("note", { email }) : undefined}>
      <div className={styles.form}>
        {told.canMail ? null : <p className={styles.text}>{t("noServer")}</p>}
        {told.kinds.map(({ kind, isOn }) => (
          <Switch
            key={kind}
            label={t(`kinds.${kind}.label`)}
            description={t(`kinds.${kind}.description`)}
            checked={told.canMail && (pressed?.[kind] ?? isOn)}
            disabled={!told.canMail}
            onChange={(event) => choose.mutate({ [kind]: event.currentTarget.checked })}
          />
        ))}
        <p role="alert" className={styles.problem}>
          {choose.error && errorWords(choose.error)}
        </p>
      </div>
    </Panel>
  );
}
