"use client";
import { Kbd } from "@mantine/core";
import { useTranslations } from "use-intl";
import { Dialog } from "../ui/dialog.tsx";
import type { KeyGroup } from "../ui/keys.tsx";
import { usePaletteKey } from "../ui/use-palette-key.ts";
import styles from "./key-list.module.css";

interface KeyListDialogProps {
  readonly groups: readonly KeyGroup[];
  readonly onClose: () => void;
}

/** Every key that works, by what it belongs to. */
export function KeyListDialog({ groups, onClose }: KeyListDialogProps) {
  const t = useTranslations("shell");
  const paletteKey = usePaletteKey();
  return (
    <Dialog title={t("keysTitle")} close={t("close")} onClose={onClose} isCentered={false}>
      {groups.map((group) => (
        <section key={group.title} className={styles.group}>
          <h3 className={styles.title}>{group.title}</h3>
          <dl className={styles.keys}>
            {group.shortcuts.map(({ key, words }) => (
              <div key={key} className={styles.row}>
                <dt>{words}</dt>
                <dd>
                  <Kbd>{key === "mod+K" ? paletteKey : key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
