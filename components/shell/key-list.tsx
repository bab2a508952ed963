"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type KeyGroup, useKeys, useKnownKeys } from "../ui/keys.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { navItemsFor } from "./nav-items.ts";
import { useOpenPalette } from "./palette.tsx";
import { useSession } from "./session.tsx";

const KeyListDialog = onDemand(() => import("./key-list-dialog.tsx").then((module) => module.KeyListDialog));

/** `?` lists every key that works here; the shell's own keys go from screen to screen. */
export function KeyList() {
  const t = useTranslations("shell");
  const all = useTranslations();
  const router = useRouter();
  const openPalette = useOpenPalette();
  const { can } = useSession();
  const known = useKnownKeys();
  const [groups, setGroups] = useState<KeyGroup[] | null>(null);
  const items = navItemsFor(can);
  useKeys({
    title: t("everywhere"),
    shortcuts: [
      ...items.map(({ words, href }, index) => ({
        key: String(index + 1),
        words: all(`${words}.nav`),
        run: () => router.push(href),
      })),
      { key: "mod+K", words: t("commands"), run: openPalette },
      { key: "?", words: t("keysTitle"), run: () => setGroups(known()) },
    ],
  });
  return groups ? <KeyListDialog groups={groups} onClose={() => setGroups(null)} /> : null;
}
