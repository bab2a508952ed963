"use client";
import { useTranslations } from "use-intl";
import { PageFrame } from "../ui/page-frame.tsx";
import styles from "./audience-page.module.css";
import { FeatureApiPanel } from "./feature-api-panel.tsx";
import { LookUpPanel } from "./look-up-panel.tsx";
import { NowPanel } from "./now-panel.tsx";

/** /audience: where people are now, one account's last pages, and how programs read them. */
export function AudiencePage() {
  const t = useTranslations("audience");
  return (
    <PageFrame title={t("title")}>
      <div className={styles.columns}>
        <NowPanel />
        <div className={styles.side}>
          <LookUpPanel />
          <FeatureApiPanel />
        </div>
      </div>
    </PageFrame>
  );
}
