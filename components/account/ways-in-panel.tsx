"use client";
import { useTranslations } from "use-intl";
import { useSession } from "../shell/session.tsx";
import { useProviderInSentence } from "../shell/use-provider-name.ts";
import { Panel } from "../ui/panel.tsx";
import styles from "./account.module.css";

/** By which providers one signs in; who has no password is told so. */
export function WaysInPanel() {
  const t = useTranslations("account.waysIn");
  const nameOf = useProviderInSentence();
  const { hasPassword, providers } = useSession().waysIn;
  const name = providers.map(nameOf).join(t("and"));
  return (
    <Panel title={t("title")}>
      <p className={styles.text}>{t(hasPassword ? "beside" : "alone", { name })}</p>
    </Panel>
  );
}
