"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import { CardPage } from "./card-page.tsx";

export function Forbidden() {
  const t = useTranslations("shell.forbidden");
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <HomeButton />
    </CardPage>
  );
}

export function NothingHere() {
  const t = useTranslations("shell.notFound");
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <HomeButton />
    </CardPage>
  );
}

/** The one-time link was used, replaced, or not copied whole. */
export function LinkSpent() {
  const t = useTranslations("shell");
  return (
    <CardPage title={t("setup.spentTitle")} lead={t("setup.spent")}>
      <Button component="a" href="/sign-in">
        {t("signIn.submit")}
      </Button>
    </CardPage>
  );
}

export function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const t = useTranslations("shell.failed");
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <Button onClick={onRetry}>{t("retry")}</Button>
    </CardPage>
  );
}

/** To the screen of one's role, or to the sign-in page. */
function HomeButton() {
  const t = useTranslations("shell");
  return (
    <Button component="a" href="/">
      {t("home")}
    </Button>
  );
}
