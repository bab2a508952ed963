"use client";
import { useTranslations } from "use-intl";
import { PageFrame } from "../ui/page-frame.tsx";
import { ApiKeysPanel } from "./api-keys-panel.tsx";

/** /admin/api-keys: which machines may come in, and what for. */
export function ApiKeysPage() {
  const t = useTranslations("apiKeys");
  return (
    <PageFrame title={t("title")}>
      <ApiKeysPanel />
    </PageFrame>
  );
}
