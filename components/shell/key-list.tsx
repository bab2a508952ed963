"use client";
import { Kbd, Modal } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type KeyGroup, useKeys, useKnownKeys } from "../ui/keys.tsx";
import styles from "./key-list.module.css";
import { PLACES } from "./places.ts";
import { useSession } from "./session.tsx";

/** `?` lists every key that works here; the shell's own keys go from place to place. */
export function KeyList() {
  const t = useTranslations("shell");
  const router = useRouter();
  const { can } = useSession();
  const known = useKnownKeys();
  const [groups, setGroups] = useState<KeyGroup[] | null>(null);
  const places = PLACES.filter((place) => can.includes(place.action));
  useKeys({
    title: t("everywhere"),
    deeds: [
      ...places.map(({ name, href }, index) => ({
        key: String(index + 1),
        words: t(`places.${name}`),
        run: () => router.push(href),
      })),
      { key: "mod+K", words: t("commands"), run: spotlight.open },
      { key: "?", words: t("keysTitle"), run: () => setGroups(known()) },
    ],
  });
  return (
    <Modal
      opened={groups !== null}
      onClose={() => setGroups(null)}
      title={t("keysTitle")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {groups?.map((group) => (
        <section key={group.title} className={styles.group}>
          <h3 className={styles.title}>{group.title}</h3>
          <dl className={styles.keys}>
            {group.deeds.map(({ key, words }) => (
              <div key={key} className={styles.row}>
                <dt>{words}</dt>
                <dd>
                  <Kbd>{KEY_NAMES[key] ?? key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

const KEY_NAMES: Readonly<Record<string, string>> = { "mod+K": "⌘K / Ctrl K" };
