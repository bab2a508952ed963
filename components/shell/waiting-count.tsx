"use client";
import { useMounted } from "@mantine/hooks";
import { useTranslations } from "use-intl";
import { useWaiting } from "./use-four-eyes.ts";
import styles from "./waiting-count.module.css";

/** How many acts wait for one's confirmation; nothing where none does. */
export function WaitingCount() {
  const t = useTranslations("admin");
  const count = useWaiting();
  // What another part of the page has read by now is no part of what the server has drawn.
  const isMounted = useMounted();
  if (count === 0 || !isMounted) return null;
  return (
    <span className={styles.count} title={t("waiting", { count })}>
      {count}
      <span className={styles.words}>{t("waiting", { count })}</span>
    </span>
  );
}
