"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OwnAccount } from "#server/contracts/api/me.ts";
import { useSession } from "../shell/session.tsx";
import { Panel } from "../ui/panel.tsx";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./account.module.css";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RenewDialog } from "./renew-dialog.tsx";

type Factor = OwnAccount["secondFactor"];

/** Fewer than this are to be renewed. */
const FEW_CODES = 3;

/** Whether there is a second factor, and what one may do about it. */
export function FactorPanel({ factor }: { readonly factor: Factor }) {
  const t = useTranslations("account.factor");
  return (
    <Panel title={t("title")}>
      <div className={styles.form}>
        {factor.isAsked ? <p className={styles.note}>{t("asked")}</p> : null}
        {factor.recoveryCodesLeft === null ? <None /> : <Enrolled factor={factor} />}
      </div>
    </Panel>
  );
}

function None() {
  const t = useTranslations("account.factor");
  const { hasPassword } = useSession().waysIn;
  return (
    <>
      <p className={styles.text}>{t(hasPassword ? "none" : "noneWithoutPassword")}</p>
      <div className={styles.buttons}>
        <Button component="a" href="/enrol?to=%2Fme">
          {t("enrol")}
        </Button>
      </div>
    </>
  );
}

function Enrolled({ factor }: { readonly factor: Factor }) {
  const t = useTranslations("account.factor");
  const minute = useMinute();
  const [asks, setAsks] = useState<"renew" | "remove" | null>(null);
  const close = () => setAsks(null);
  const left = factor.recoveryCodesLeft ?? 0;
  return (
    <>
      <p className={styles.text}>
        {t("since", { when: factor.enrolledAt ? minute(factor.enrolledAt) : "–" })}
      </p>
      <p className={left < FEW_CODES ? styles.warning : styles.text}>{t("left", { count: left })}</p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => setAsks("renew")}>
          {t("renew")}
        </Button>
        <Button variant="default" onClick={() => setAsks("remove")}>
          {t("remove")}
        </Button>
      </div>
      {asks === "renew" ? <RenewDialog onClose={close} /> : null}
      {asks === "remove" ? <RemoveDialog isAsked={factor.isAsked} onClose={close} /> : null}
    </>
  );
}
