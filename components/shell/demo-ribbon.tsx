"use client";
import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";
import { fetchJson } from "../ui/fetch-json.ts";
import styles from "./demo-ribbon.module.css";
import { useCan } from "./session.tsx";

/** Says that everything is invented; an administrator wipes it with one click and one confirmation. */
export function DemoRibbon() {
  const t = useTranslations("shell.demo");
  const canWipe = useCan("demo.wipe");
  const ask = () =>
    modals.openConfirmModal({
      title: t("wipeTitle"),
      children: t("wipeLead"),
      labels: { confirm: t("wipeConfirm"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void wipe(t("wiped")),
    });
  return (
    <aside className={styles.ribbon}>
      <span>{t("ribbon")}</span>
      {canWipe ? (
        <Button size="compact-xs" variant="subtle" onClick={ask}>
          {t("wipe")}
        </Button>
      ) : null}
    </aside>
  );
}

async function wipe(done: string): Promise<void> {
  try {
    await fetchJson("/api/v1/demo/wipe", { method: "POST", body: {} });
    notifications.show({ message: done });
    window.location.reload();
  } catch (error) {
    notifications.show({ color: "red", message: (error as Error).message });
  }
}
