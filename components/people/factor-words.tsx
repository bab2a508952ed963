"use client";
import { IconDeviceMobile, IconFlag3 } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { SecondFactor } from "#server/contracts/person-verbs.ts";
import styles from "./people-table.module.css";

/** Whether somebody has a second factor; amber where they have to. */
export function FactorWords({ factor }: { readonly factor: SecondFactor }) {
  const words = useTranslations("people.factors")(factor);
  if (factor === "none") return <span className={styles.quiet}>{words}</span>;
  const Icon = factor === "missing" ? IconFlag3 : IconDeviceMobile;
  return (
    <span className={factor === "missing" ? styles.badge : styles.factor} data-state={factor}>
      <Icon size={14} stroke={1.6} aria-hidden="true" /> {words}
    </span>
  );
}
