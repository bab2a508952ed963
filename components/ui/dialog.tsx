"use client";
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

interface DialogProps {
  readonly title: string;
  /** What the cross says. */
  readonly close: string;
  readonly onClose: () => void;
  /** Open from the beginning, unless it is kept while closed. */
  readonly isOpen?: boolean;
  /** In the middle of the window; else near its top, where long ones begin. */
  readonly isCentered?: boolean;
  /** It holds what is shown once: a press beside it or Escape does not close it. */
  readonly isFirm?: boolean;
  /** It holds what is typed: a press beside it, which is a slip as a rule, does not close it. */
  readonly holdsText?: boolean;
  readonly children: ReactNode;
}

/** One thing to decide or to read before the page goes on. */
export function Dialog(props: DialogProps) {
  const {
    title,
    close,
    onClose,
    isOpen = true,
    isCentered = true,
    isFirm = false,
    holdsText = false,
    children,
  } = props;
  return (
    <Modal
      opened={isOpen}
      centered={isCentered}
      closeOnClickOutside={!isFirm && !holdsText}
      closeOnEscape={!isFirm}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": close }}
    >
      {children}
    </Modal>
  );
}
