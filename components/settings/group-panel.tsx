"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Setting, Settings } from "#server/contracts/api/settings.ts";
import { isSecretSetting, SETTINGS, type SettingGroup } from "#server/contracts/settings.ts";
import { useCan, useSession } from "../shell/session.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";

import styles from "./settings.module.css";
import { useValueWords } from "./use-value-words.ts";

const GroupDialog = onDemand(() => import("./group-dialog.tsx").then((module) => module.GroupDialog));

interface GroupPanelProps {
  readonly group: SettingGroup;
  readonly settings: Settings;
}

/** Settings that belong together, as they are in force; who may write changes them together. */
export function GroupPanel({ group, settings }: GroupPanelProps) {
  const t = useTranslations("settings");
  const { zone } = useSession();
  const canWrite = useCan("settings.write");
  const [isEdited, setEdited] = useState(false);
  const items = settings.items.filter(({ name }) => SETTINGS[name].group === group);
  const isFree = items.some(({ origin }) => origin !== "environment");
  const title = t(`groups.${group}.title`);
  return (
    <Panel
      title={title}
      note={t(`groups.${group}.note`, { zone })}
      actions={
        canWrite && isFree ? (
          <Button
            variant="default"
            aria-label={t("editGroup", { group: title })}
            onClick={() => setEdited(true)}
          >
            {t("edit")}
          </Button>
        ) : null
      }
    >
      <dl className={styles.facts}>
        {items.map((setting) => (
          <Fact key={setting.name} setting={setting} />
        ))}
      </dl>
      {group === "channels" && !settings.mails ? <p className={styles.quiet}>{t("noMails")}</p> : null}
      {isEdited ? <GroupDialog group={group} settings={settings} onClose={() => setEdited(false)} /> : null}
    </Panel>
  );
}

function Fact({ setting }: { readonly setting: Setting }) {
  const t = useTranslations("settings");
  const words = useValueWords();
  const { name, origin } = setting;
  return (
    <div className={styles.fact}>
      <dt>{t(`names.${name}`)}</dt>
      <dd>
        <span className={styles.value}>{words(setting)}</span>
        {origin === "default" || (origin === "settings" && isSecretSetting(name)) ? null : (
          <span
            className={styles.badge}
            data-origin={origin}
            title={origin === "environment" ? t("byEnvironment", { name }) : undefined}
          >
            {t(`origins.${origin}`)}
          </span>
        )}
      </dd>
    </div>
  );
}
