"use client";
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CardPage } from "../shell/card-page.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** The factor holds; what helps when the telephone is lost is shown this once. */
export function CodesStep({ codes, goTo }: { readonly codes: readonly string[]; readonly goTo: string }) {
  const t = useTranslations("account.enrol");
  const [isKept, setKept] = useState(false);
  return (
    <CardPage title={t("codesTitle")} lead={t("codesLead")}>
      <RecoveryCodes codes={codes} />
      <Checkbox
        label={t("kept")}
        radius={4}
        checked={isKept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button disabled={!isKept} fullWidth onClick={() => window.location.assign(goTo)}>
        {t("goOn")}
      </Button>
    </CardPage>
  );
}
