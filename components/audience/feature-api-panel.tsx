"use client";
import { useTranslations } from "use-intl";
import { CommandLine } from "../ui/command-line.tsx";
import { Panel } from "../ui/panel.tsx";
import { useOrigin } from "../ui/use-origin.ts";
import styles from "./feature-api-panel.module.css";

/** How programs read the same features. */
export function FeatureApiPanel() {
  const t = useTranslations("audience.api");
  const origin = useOrigin();
  const words = { copy: t("copy"), copied: t("copied") };
  return (
    <Panel title={t("title")}>
      <p className={styles.text}>{t("text")}</p>
      <h3 className={styles.heading}>{t("single")}</h3>
      <CommandLine command={single(origin)} {...words} />
      <h3 className={styles.heading}>{t("batch")}</h3>
      <CommandLine command={batch(origin)} {...words} />
    </Panel>
  );
}

const AUTHORIZATION = '-H "Authorization: Bearer $API_KEY" \\';

const single = (origin: string): string =>
  ["curl \\", AUTHORIZATION, `"${origin}/api/v1/features/last-page?account_id=100200"`].join("\n");

const batch = (origin: string): string =>
  [
    "curl \\",
    AUTHORIZATION,
    '-H "Content-Type: application/json" \\',
    `-d '{"keys":[{"account_id":"100200"},`,
    `{"account_id":"100237","device_id":"d1"}]}' \\`,
    `${origin}/api/v1/features/last-page/batch`,
  ].join("\n");
