"use client";
import { useTranslations } from "use-intl";
import type { Settings } from "#server/contracts/api/settings.ts";
import { SETTING_GROUPS } from "#server/contracts/settings.ts";
import { AdminFrame } from "../shell/admin-frame.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { GroupPanel } from "./group-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { ProposalsPanel } from "./proposals-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import styles from "./settings.module.css";
import { useSettings } from "./use-settings.ts";

/** /admin/settings: what administrators set, who set it, and what waits for a second one. */
export function SettingsPage() {
  const t = useTranslations("settings");
  const { data, isError, refetch } = useSettings();
  return (
    <AdminFrame>
      <ProposalsPanel />
      {data ? <Groups settings={data} /> : null}
      {isError && !data ? (
        <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data || isError ? null : <div className={styles.skeleton} data-skeleton="" aria-hidden="true" />}
      <HistoryPanel />
    </AdminFrame>
  );
}

function Groups({ settings }: { readonly settings: Settings }) {
  return (
    <div className={styles.groups}>
      <RulesPanel />
      {SETTING_GROUPS.map((group) => (
        <GroupPanel key={group} group={group} settings={settings} />
      ))}
    </div>
  );
}
