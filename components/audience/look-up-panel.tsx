"use client";
import { Button, TextInput } from "@mantine/core";
import { useQueryState } from "nuqs";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Panel } from "../ui/panel.tsx";
import { LastPageCard } from "./last-page-card.tsx";
import styles from "./look-up-panel.module.css";
import { useAccountPages } from "./use-account-pages.ts";

/** Looks up one account's last pages; the account lives in the URL. */
export function LookUpPanel() {
  const t = useTranslations("audience.lookUp");
  const [account, setAccount] = useQueryState("account", { defaultValue: "" });
  const [typed, setTyped] = useState(account);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void setAccount(typed.trim());
  };
  return (
    <Panel title={t("title")}>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          className={styles.field}
          aria-label={t("label")}
          placeholder={t("placeholder")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={512}
        />
        <Button type="submit">{t("button")}</Button>
      </form>
      <div className={styles.results} aria-live="polite">
        <Results account={account} />
      </div>
    </Panel>
  );
}

function Results({ account }: { readonly account: string }) {
  const t = useTranslations("audience.lookUp");
  const { data, isError, refetch } = useAccountPages(account);
  if (account === "") return <p className={styles.hint}>{t("hint")}</p>;
  if (isError && !data) {
    return (
      <div className={styles.hint}>
        <p>{t("failed")}</p>
        <Button variant="default" onClick={() => void refetch()}>
          {t("retry")}
        </Button>
      </div>
    );
  }
  if (!data) return <div className={styles.skeleton} />;
  if (data.items.length === 0) {
    return (
      <div className={styles.hint}>
        <p>{t("none", { account })}</p>
        <p>{t("noneHint")}</p>
      </div>
    );
  }
  return (
    <ul className={styles.cards}>
      {data.items.map((item) => (
        <LastPageCard key={item.deviceId} item={item} />
      ))}
    </ul>
  );
}
