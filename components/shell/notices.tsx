"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { NoticePage } from "./notice-page.tsx";

export function Forbidden() {
  const t = useTranslations("shell.forbidden");
  return (
    <NoticePage title={t("title")} lead={t("lead")}>
      <Button component="a" href="/">
        {t("back")}
      </Button>
    </NoticePage>
  );
}

export function NothingHere() {
  const t = useTranslations("shell.notFound");
  return <NoticePage title={t("title")} lead={t("lead")} />;
}

export function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const t = useTranslations("shell.failed");
  return (
    <NoticePage title={t("title")} lead={t("lead")}>
      <Button onClick={onRetry}>{t("retry")}</Button>
    </NoticePage>
  );
}
