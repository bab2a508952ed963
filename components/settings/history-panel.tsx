"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { SettingsChange } from "#server/contracts/api/settings.ts";
import { isSecretSetting, isSettingName } from "#server/contracts/settings.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./settings.module.css";
import { useSettingsHistory } from "./use-settings.ts";
import { useValueWords } from "./use-value-words.ts";

const SHOWN = 10;

/** Who set what, when and why. */
export function HistoryPanel() {
  const t = useTranslations("settings");
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useSettingsHistory(SHOWN);
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Panel title={t("history.title")}>
      {items && items.length === 0 ? <p className={styles.quiet}>{t("history.none")}</p> : null}
      {items && items.length > 0 ? (
        <ol className={styles.changes}>
          {items.map((change) => (
            <Change key={change.version} change={change} />
          ))}
        </ol>
      ) : null}
      {!items && isError ? (
        <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
      ) : null}
      {items || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("history.more")}
        </Button>
      ) : null}
    </Panel>
  );
}

function Change({ change }: { readonly change: SettingsChange }) {
  const t = useTranslations("settings");
  const minute = useMinute();
  const words = useValueWords();
  const { createdAt, createdBy, reason, changes } = change;
  const named = (name: string) => (isSettingName(name) ? t(`names.${name}`) : name);
  const shown = (name: string, text: string | null) => {
    if (text === null) return t("history.unset");
    if (!isSettingName(name) || isSecretSetting(name)) return plainText(text);
    return words({ name, value: text, origin: "settings" });
  };
  return (
    <li className={styles.change}>
      <div className={styles.line}>
        <time dateTime={createdAt}>{minute(createdAt)}</time>
        <strong>{plainText(createdBy.name)}</strong>
        <span className={styles.quiet}>{plainText(reason)}</span>
      </div>
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          {t("history.change", { name: named(name), before: shown(name, before), after: shown(name, after) })}
        </div>
      ))}
    </li>
  );
}
