"use client";
import { useTranslations } from "use-intl";
import { SidePanel } from "../ui/side-panel.tsx";
import { ImportLog } from "./import-log.tsx";

const ENTRIES = 50;

export interface ImportLogDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The whole import log beside the list. */
export function ImportLogDrawer({ isOpen, onClose }: ImportLogDrawerProps) {
  const t = useTranslations("keyUsers.log");
  return (
    <SidePanel isOpen={isOpen} title={t("title")} close={t("close")} onClose={onClose}>
      <ImportLog limit={ENTRIES} />
    </SidePanel>
  );
}
