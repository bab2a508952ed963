"use client";
import { UnstyledButton } from "@mantine/core";
import type { ComponentPropsWithRef } from "react";
import { useTranslations } from "use-intl";
import { initials } from "../ui/initials.ts";
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
