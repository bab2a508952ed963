"use client";
import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./icon-button.module.css";

export interface IconButtonProps {
  /** What it does, for who points at it and who does not see it. */
  readonly words: string;
  readonly isDisabled?: boolean;
  /** Without a frame of its own: it stands within one. */
  readonly isBare?: boolean;
  readonly onPress: (() => void) | undefined;
  /** The icon. */
  readonly children: ReactNode;
}

/** A button that is an icon. */
export function IconButton({
  words,
  isDisabled = false,
  isBare = false,
  onPress,
  children,
}: IconButtonProps) {
  return (
    <UnstyledButton
      className={styles.button}
      data-bare={isBare || undefined}
      aria-label={words}
      title={words}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </UnstyledButton>
  );
}
