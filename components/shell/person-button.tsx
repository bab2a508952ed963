"use client";
import { UnstyledButton } from "@mantine/core";
import type { ComponentPropsWithRef } from "react";
import { useTranslations } from "use-intl";
import styles from "./app-shell.module.css";
import { useSession } from "./session.tsx";

/** The person's initials, behind which their menu is. */
export function PersonButton(props: ComponentPropsWithRef<"button">) {
  const t = useTranslations("shell");
  const session = useSession();
  return (
    <UnstyledButton
      aria-haspopup="menu"
      aria-expanded={false}
      {...props}
      className={styles.person}
      aria-label={`${t("person")}: ${session.name} (${initials(session.name)})`}
    >
      {initials(session.name)}
    </UnstyledButton>
  );
}

/** LW of Lin Wei; the first character of a Chinese name. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
}
