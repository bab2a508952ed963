"use client";
import { Drawer } from "@mantine/core";
import { useTranslations } from "use-intl";
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
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      title={t("title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <ImportLog limit={ENTRIES} />
    </Drawer>
  );
}
