"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { onDemand } from "../ui/on-demand.tsx";
import styles from "./demo-ribbon.module.css";
import { useCan } from "./session.tsx";

const WipeDialog = onDemand(() => import("./wipe-dialog.tsx").then((module) => module.WipeDialog));

/** Says that everything is invented; an administrator wipes it with one click and one confirmation. */
export function DemoRibbon() {
  const t = useTranslations("shell.demo");
  const canWipe = useCan("demo.wipe");
  const [asks, setAsks] = useState(false);
  return (
    <aside className={styles.ribbon}>
      <span>{t("ribbon")}</span>
      {canWipe ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setAsks(true)}>
          {t("wipe")}
        </Button>
      ) : null}
      {asks ? <WipeDialog onClose={() => setAsks(false)} /> : null}
    </aside>
  );
}
