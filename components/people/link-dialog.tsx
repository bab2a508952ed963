"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { CommandLine } from "../ui/command-line.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWhen } from "../ui/use-when.ts";
import styles from "./people.module.css";
import type { ShownLink } from "./use-person-acts.ts";

/** A one-time link, this once: it is kept nowhere. */
export function LinkDialog({ shown, onClose }: { readonly shown: ShownLink; readonly onClose: () => void }) {
  const t = useTranslations("people.link");
  const dialog = useTranslations("people.dialog");
  const when = useWhen();
  const { name, email, link } = shown;
  return (
    <Dialog title={t("title", { name })} close={dialog("close")} onClose={onClose} isFirm>
      <div className={styles.dialog}>
        <p>{t("lead", { when: when(link.expiresAt) })}</p>
        <CommandLine command={link.url} copy={t("copy")} copied={t("copied")} />
        <p className={styles.quiet}>{t(link.mail, { name, email })}</p>
        <div className={styles.end}>
          <Button onClick={onClose}>{t("done")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
