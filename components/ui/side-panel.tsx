"use client";
import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./side-panel.module.css";

const SIZES = { narrow: "md", middle: 560, wide: 820 } as const;

interface SidePanelProps {
  readonly title: string;
  /** What the cross says. */
  readonly close: string;
  readonly onClose: () => void;
  /** Open from the beginning, unless it is kept while closed. */
  readonly isOpen?: boolean;
  /** Wide: for tables; its title is strong. */
  readonly size?: keyof typeof SIZES;
  readonly children: ReactNode;
}

/** More about one thing of a page, from the right side over it. */
export function SidePanel({
  title,
  close,
  onClose,
  isOpen = true,
  size = "narrow",
  children,
}: SidePanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={SIZES[size]}
      title={title}
      classNames={size === "wide" ? { title: styles.heading ?? "" } : {}}
      closeButtonProps={{ "aria-label": close }}
    >
      {children}
    </Drawer>
  );
}
