"use client";
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslations } from "use-intl";

/** A password that may be shown while it is typed; the button that shows it speaks the reader's language. */
export function PasswordField(props: PasswordInputProps) {
  const t = useTranslations("shell");
  return <PasswordInput {...props} visibilityToggleButtonProps={{ "aria-label": t("showPassword") }} />;
}
