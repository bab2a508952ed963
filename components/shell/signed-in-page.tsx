"use client";
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { CardPage } from "./card-page.tsx";
import { tellSignedIn } from "./signed-in-channel.ts";

/** /signed-in: the end of a sign-in in a window of its own. Browsers that do not let it close leave this to be read. */
export function SignedInPage() {
  const t = useTranslations("shell.signedIn");
  useEffect(() => {
    tellSignedIn();
    window.close();
  }, []);
  return (
    <CardPage title={t("title")} lead={t("lead")}>
      <Button fullWidth onClick={() => window.close()}>
        {t("close")}
      </Button>
      <Button component="a" href="/" variant="subtle" fullWidth>
        {t("goOn")}
      </Button>
    </CardPage>
  );
}
